package io.risefall.app.truth.compare;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is too short to be a difference: outages and states between two samples, which the log tells of and samples cannot
 * see; and those that no line tells of because a server-state file was older than the last rise: the new process held the
 * server DOWN until its first checks passed, and of a server that tracks another one it only says UP, as after an UP.
 */
public final class UnsampledState {
    /** Some samples; a rise takes longer. */
    private static final Duration SHORT = Duration.ofMillis(250);

    private static final Pattern MISSED = Pattern.compile("(\\S+) missed (\\S+)");
    private static final Pattern OUTAGE = Pattern.compile("\\S+ false-outage (\\S+)\\.\\.(\\S+) .*");
    private static final Pattern STATE = Pattern.compile("\\S+ state \\S+ not \\S+ for 0\\.([0-9]{3}) s .*");

    private UnsampledState() {}

    /** Whether a difference of a {@link Comparison} is too short to be one. */
    public static boolean is(String difference, Collection<Truth.Server> servers) {
        Matcher missed = MISSED.matcher(difference);
        if (missed.matches()) {
            return servers.stream()
                    .filter(server -> server.tracks() && server.name().equals(missed.group(1)))
                    .flatMap(server -> server.outages().stream())
                    .filter(outage -> "%.3f".formatted(outage.start().to()).equals(missed.group(2)))
                    .anyMatch(outage -> outage.end() != null
                            && outage.end().to() - outage.start().to() < SHORT.toMillis() / 1e3);
        }
        Matcher outage = OUTAGE.matcher(difference);
        if (outage.matches() && !outage.group(2).equals("null")) {
            return Duration.between(OffsetDateTime.parse(outage.group(1)), OffsetDateTime.parse(outage.group(2)))
                            .compareTo(SHORT)
                    < 0;
        }
        Matcher state = STATE.matcher(difference);
        return state.matches() && Integer.parseInt(state.group(1)) < SHORT.toMillis();
    }
}
