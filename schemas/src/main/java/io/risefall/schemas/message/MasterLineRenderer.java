package io.risefall.schemas.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints a message of a master process as HAProxy did; see {@link HealthLineRenderer}. */
final class MasterLineRenderer {
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");
    private static final String WORKER = "{worker}";

    private MasterLineRenderer() {}

    static String render(MasterNotice notice) {
        String wording = notice.wording();
        if (notice.tail() != null) {
            wording = wording.substring(0, wording.indexOf(WORKER) + WORKER.length());
        }
        Matcher fields = FIELD.matcher(wording);
        StringBuilder text = new StringBuilder();
        while (fields.find()) {
            Object value = switch (fields.group(1)) {
                case "worker" -> notice.worker();
                case "number" -> notice.number();
                case "code" -> notice.code();
                case "cause" -> notice.cause();
                case "limit" -> notice.limit();
                default -> throw new IllegalStateException("not a field of " + wording);
            };
            fields.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(value)));
        }
        fields.appendTail(text);
        return notice.tail() == null ? text.toString() : text + notice.tail();
    }
}
