package io.risefall.query.report.period;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What is different from the period before: the outages of one server for one reason, or a backend without a server.
 *
 * @param server null for a backend
 * @param reason null for a backend; {@code not logged} where no line gives one
 * @param outages that touch the period
 * @param downMs their time within it
 * @param outagesBefore the same of the period before
 * @param downBeforeMs the same of the period before
 */
public record PeriodChange(
        Kind change,
        String proxy,
        @Nullable String server,
        @Nullable String reason,
        int outages,
        long downMs,
        int outagesBefore,
        long downBeforeMs) {
    /** What is worse first, and the most time first. */
    static final Comparator<PeriodChange> WORST_FIRST = Comparator.comparing(
                    (PeriodChange change) -> change.change == Kind.BETTER || change.change == Kind.GONE)
            .thenComparing(change -> -Math.abs(change.downMs - change.downBeforeMs))
            .thenComparing(PeriodChange::name)
            .thenComparing(PeriodChange::reasonWords);

    /** By time down, then by number. */
    public enum Kind {
        NEW,
        WORSE,
        SAME,
        BETTER,
        GONE
    }

    static PeriodChange of(
            String proxy, @Nullable String server, @Nullable String reason, Troubles now, Troubles before) {
        return new PeriodChange(
                kind(now, before),
                proxy,
                server,
                reason,
                now.outages(),
                now.downMs(),
                before.outages(),
                before.downMs());
    }

    private static Kind kind(Troubles now, Troubles before) {
        if (before.isNone() || now.isNone()) {
            return now.isNone() ? before.isNone() ? Kind.SAME : Kind.GONE : Kind.NEW;
        }
        int more = now.compareTo(before);
        return more > 0 ? Kind.WORSE : more < 0 ? Kind.BETTER : Kind.SAME;
    }

    /** {@code proxy}, {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return server == null ? proxy : proxy + "/" + server;
    }

    @JsonIgnore
    public String reasonWords() {
        return reason == null ? "without a server" : reason;
    }
}
