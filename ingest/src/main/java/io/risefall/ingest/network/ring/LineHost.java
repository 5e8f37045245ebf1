package io.risefall.ingest.network.ring;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which host a line of a ring names, in the formats {@code rfc5424}, and {@code rfc3164} or {@code local}. */
final class LineHost {
    private static final Pattern HEADER = Pattern.compile(
            "<\\d{1,3}>(?:1 \\S+ (\\S+) \\S+ \\S+ |\\w{3} [ \\d]\\d [\\d:]{8} (\\S+) [^\\s:\\[]+(?:\\[\\d+\\])?: )");
    private static final int LONGEST = 400;

    private LineHost() {}

    /** Empty: it names none. */
    static Optional<String> of(byte[] line, int from, int to) {
        Matcher matcher =
                HEADER.matcher(new String(line, from, Math.min(LONGEST, to - from), StandardCharsets.ISO_8859_1));
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        return Optional.ofNullable(matcher.group(1))
                .or(() -> Optional.ofNullable(matcher.group(2)))
                .filter(host -> !host.equals("-"));
    }
}
