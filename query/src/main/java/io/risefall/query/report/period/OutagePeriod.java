package io.risefall.query.report.period;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.risefall.query.report.model.DayOutage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outage that touches the period.
 *
 * @param id what {@code risefall explain} and {@code diagnose} take
 * @param nodes who saw it
 * @param watching how many nodes had the server in service
 * @param endedAt null while it lasts
 * @param durationMs its whole length so far
 * @param inPeriodMs its length inside the period
 */
public record OutagePeriod(
        String id,
        String proxy,
        String server,
        List<String> nodes,
        int watching,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        long durationMs,
        long inPeriodMs,
        @Nullable String reason,
        @Nullable Integer code,
        @Nullable String info,
        @Nullable String via,
        boolean certain) {
    static OutagePeriod of(DayOutage outage) {
        return new OutagePeriod(
                outage.id(),
                outage.proxy(),
                outage.server(),
                outage.seenBy().nodes(),
                outage.seenBy().of(),
                outage.startedAt(),
                outage.endedAt(),
                outage.endedBy(),
                outage.durationMs(),
                outage.inDayMs(),
                outage.reason(),
                outage.code(),
                outage.info(),
                outage.via(),
                outage.certain());
    }

    /** {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    /** {@code L7STS 503}, and via which server. */
    @JsonIgnore
    public String reasonWords() {
        String words = ReasonPeriod.words(reason) + (code == null || code == 0 ? "" : " " + code);
        return via == null ? words : words + " via " + via;
    }
}
