package io.risefall.query.whatif;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would have become of an outage that one node saw, or an outage that it would have seen in addition.
 *
 * @param outageId the outage, for {@code explain}; null where there was none
 * @param startedAt when it began; of one in addition, when it would have begun
 * @param endedAt when it ended; null where it lasts, or of one in addition, where no line shows it
 * @param downLaterLeastMs how much later it would have been seen DOWN, at least; negative: earlier; null: not seen, or not known
 * @param downLaterMostMs the same at most
 * @param upLaterLeastMs how much later it would have been seen UP again, at least
 * @param upLaterMostMs the same at most
 * @param lines those that show it
 */
public record Prediction(
        @Nullable String outageId,
        String node,
        String proxy,
        String server,
        Instant startedAt,
        @Nullable Instant endedAt,
        Fate fate,
        @Nullable Long downLaterLeastMs,
        @Nullable Long downLaterMostMs,
        @Nullable Long upLaterLeastMs,
        @Nullable Long upLaterMostMs,
        String why,
        List<Line> lines) {
    /**
     * A line that shows it.
     *
     * @param what {@code first failure}, {@code down}, {@code up}
     */
    public record Line(String what, Instant at, String source, long position) {
        static Line of(String what, LoggedCheck line) {
            return new Line(what, line.at(), line.source(), line.position());
        }
    }

    /** {@code web/srv1}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    /** Whether there was an outage. */
    @JsonIgnore
    public boolean happened() {
        return outageId != null;
    }

    /** This outage, which another one has caused, with the fate of that one. */
    Prediction as(Prediction cause) {
        return new Prediction(
                outageId,
                node,
                proxy,
                server,
                startedAt,
                endedAt,
                cause.fate,
                cause.downLaterLeastMs,
                cause.downLaterMostMs,
                cause.upLaterLeastMs,
                cause.upLaterMostMs,
                "it follows " + cause.name() + ": " + cause.why,
                cause.lines);
    }
}
