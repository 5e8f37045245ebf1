package io.risefall.query.diagnose.configured;

import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.haproxy.Configured;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.time.Durations;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a check may take ("timeout check" in HAProxy's manual): with {@code timeout check}, the smaller of {@code timeout connect} and
 * {@code inter} to connect, and then {@code timeout check} to answer; without it, {@code inter} for all.
 *
 * @param connectMillis to connect
 * @param allMillis for all
 * @param words how that comes about
 */
public record CheckLimit(long connectMillis, long allMillis, String words) {
    /** What a timer may be late on a busy host, and no more. */
    private static final long LATE_MILLIS = 250;

    /** Empty where the configuration does not tell. */
    public static Optional<CheckLimit> of(ConfiguredServer server) {
        Long inter = millis(server.inter(), ConfiguredServer.USUAL_INTER_MILLIS);
        Configured<Long> check = server.proxy().checkTimeout();
        Configured<Long> connect = server.proxy().connectTimeout();
        if (inter == null || (check != null && check.value() == null) || (connect != null && connect.value() == null)) {
            return Optional.empty();
        }
        String interWords = "inter " + Durations.text(inter) + place(server.inter());
        if (check == null || check.value() == null || check.value() == 0) {
            return Optional.of(new CheckLimit(inter, inter, interWords + ", as there is no timeout check"));
        }
        boolean connectFirst =
                connect != null && connect.value() != null && connect.value() > 0 && connect.value() < inter;
        long toConnect = connectFirst && connect != null && connect.value() != null ? connect.value() : inter;
        return Optional.of(new CheckLimit(
                toConnect,
                toConnect + check.value(),
                (connectFirst ? "timeout connect " + Durations.text(toConnect) + place(connect) : interWords)
                        + " to connect, then timeout check " + Durations.text(check.value()) + place(check)));
    }

    private static @Nullable Long millis(@Nullable Configured<Long> setting, long usual) {
        return setting == null ? Long.valueOf(usual) : setting.value();
    }

    private static String place(@Nullable Configured<?> setting) {
        return setting == null ? " (HAProxy's default)" : " (" + setting.place() + ")";
    }

    /** What the limit says of an outage's checks. */
    String about(OutageDiagnosis outage) {
        Long failed = outage.failedCheckMs();
        String limit = "A check may take " + Durations.text(allMillis) + ": " + words + ".";
        if (failed == null) {
            return limit + " No line says how long the check that failed took.";
        }
        String took = " The one that failed took " + Durations.text(failed) + ": ";
        String reason = outage.reason() == null ? "" : outage.reason();
        boolean timedOut = reason.endsWith("TOUT");
        long least = reason.equals("L7TOUT")
                ? allMillis == connectMillis ? allMillis : allMillis - connectMillis
                : connectMillis;
        long most = reason.equals("L7TOUT") ? allMillis : connectMillis;
        String told;
        if (failed > allMillis + LATE_MILLIS) {
            told = "longer than that, so HAProxy ran with another configuration then, or was itself late.";
        } else if (!timedOut) {
            told = "it failed by itself, not by the limit.";
        } else if (failed < least) {
            told = "it timed out before that, so HAProxy ran with another configuration then.";
        } else {
            told = failed <= most + LATE_MILLIS
                    ? "it ran into the limit."
                    : "longer than that step may take, so HAProxy ran with another configuration then, or was itself late.";
        }
        Long passed = outage.slowestPassMs();
        String before = passed == null
                ? ""
                : " The slowest that passed in the 15 minutes before took " + Durations.text(passed) + ", "
                        + passed * 100 / Math.max(1, allMillis) + "% of it.";
        return limit + took + told + before;
    }
}
