package io.risefall.ingest.message;

import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.MasterNotice.What;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses messages of a master process about its workers. HAProxy prints them on standard error only, after {@code
 * [NOTICE]   (PID) : } and the like. The caller must have seen that label, because without it a client may have forged
 * them. Source: {@code mworker.c}, {@code haproxy.c}, HAProxy 1.8 to 3.5.
 */
public final class MasterLine {
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");
    private static final String WORKER = "{worker}";

    private static final List<Wording> WORDINGS = List.of(
            new Wording(What.FORKED, "New worker ({worker}) forked"),
            new Wording(What.FORKED, "New worker #{number} ({worker}) forked"), // 1.8 to 2.4
            new Wording(What.INITIALIZING, "Initializing new worker ({worker})"),
            new Wording(What.LOADED, "Loading success."),
            new Wording(What.NOT_LOADED, "Loading failure!"),
            new Wording(What.WORKER_FAILED, "Failed to load worker!"),
            new Wording(
                    What.FORMER_EXITED,
                    "Former worker ({worker}) exited with code {code} ({cause}), as it exceeds max reloads ({limit})"),
            new Wording(What.FORMER_EXITED, "Former worker ({worker}) exited with code {code} ({cause})"),
            new Wording(What.FORMER_EXITED, "Former worker #{number} ({worker}) exited with code {code} ({cause})"),
            new Wording(What.FORMER_EXITED, "Former worker {worker} exited with code {code}"), // 1.8
            new Wording(What.FORMER_EXITED, "Former worker {worker} left with exit code {code}"),
            new Wording(What.CURRENT_EXITED, "Current worker ({worker}) exited with code {code} ({cause})"),
            new Wording(What.CURRENT_EXITED, "Current worker #{number} ({worker}) exited with code {code} ({cause})"),
            new Wording(What.CURRENT_EXITED, "Current worker {worker} exited with code {code}"),
            new Wording(What.CURRENT_EXITED, "Current worker {worker} left with exit code {code}"),
            new Wording(What.EXITED, "Process {worker} exited with code {code} ({cause})"),
            new Wording(What.EXITED, "Worker {worker} exited with code {code}"),
            new Wording(What.EXITED, "Worker {worker} left with exit code {code}"),
            new Wording(What.ALL_EXITED, "All workers exited. Exiting... ({code})"),
            new Wording(What.ALL_EXITED, "All workers are left. Leaving... ({code})"),
            new Wording(What.EXITING, "Exiting Master process..."),
            new Wording(What.KILLING, "exit-on-failure: killing every processes with SIGTERM"),
            new Wording(What.KILLING, "exit-on-failure: killing every workers with SIGTERM"),
            new Wording(What.RELOADING, "Reloading HAProxy"),
            new Wording(What.RELOADING, "Reexecuting Master process in waitpid mode"),
            new Wording(What.RELOADING, "Reexecuting Master process"));

    private MasterLine() {}

    /** Parses a message; null if it is not a master's. One that ends early is read if it still names a worker. */
    public static @Nullable MasterNotice parse(String text) {
        MasterNotice cut = null;
        for (Wording wording : WORDINGS) {
            Matcher whole = wording.pattern.matcher(text);
            if (whole.matches()) {
                return wording.read(whole);
            }
            if (cut == null && whole.hitEnd()) {
                cut = wording.readCut(text);
            }
        }
        return cut;
    }

    /** One sentence, and how it is found. */
    private static final class Wording {
        private final What what;
        private final String text;
        private final Pattern pattern;
        private final @Nullable Pattern toWorker;

        Wording(What what, String text) {
            this.what = what;
            this.text = text;
            pattern = Pattern.compile(regex(text));
            int worker = text.indexOf(WORKER);
            // The text after the number shows that the number is whole.
            toWorker =
                    worker < 0 ? null : Pattern.compile(regex(text.substring(0, worker + WORKER.length())) + "(?=\\D)");
        }

        private static String regex(String text) {
            StringBuilder regex = new StringBuilder();
            Matcher field = FIELD.matcher(text);
            int from = 0;
            while (field.find()) {
                String name = field.group(1);
                regex.append(Pattern.quote(text.substring(from, field.start())))
                        .append("(?<")
                        .append(name)
                        .append(name.equals("cause") ? ">[^()]+)" : ">0|[1-9]\\d{0,8})");
                from = field.end();
            }
            return regex.append(Pattern.quote(text.substring(from))).toString();
        }

        MasterNotice read(Matcher whole) {
            Integer worker = number(whole, "worker");
            return new MasterNotice(
                    what,
                    text,
                    worker == null ? null : worker.longValue(),
                    number(whole, "number"),
                    number(whole, "code"),
                    text.contains("{cause}") ? whole.group("cause") : null,
                    number(whole, "limit"),
                    null);
        }

        @Nullable MasterNotice readCut(String message) {
            Matcher found = toWorker == null ? null : toWorker.matcher(message);
            if (found == null || !found.lookingAt()) {
                return null;
            }
            Integer number = text.indexOf("{number}") < text.indexOf(WORKER) ? number(found, "number") : null;
            return new MasterNotice(
                    what,
                    text,
                    Long.valueOf(found.group("worker")),
                    number,
                    null,
                    null,
                    null,
                    message.substring(found.end()));
        }

        private @Nullable Integer number(Matcher found, String field) {
            return text.contains("{" + field + "}") ? Integer.valueOf(found.group(field)) : null;
        }
    }
}
