package io.risefall.query.page.now;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.Visit;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** {@code /}: what is down now. With {@code part}, what of it changes while somebody looks. */
public final class NowPage implements Page {
    private final LatestFleet fleet;

    public NowPage(LatestFleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public PageContent show(Visit visit) {
        FleetNow now = fleet.get();
        boolean part = visit.request().parameters().containsKey("part");
        return new PageContent(
                part ? "now/part.ftlx" : "now/now.ftlx",
                Map.of("fleet", now, "verdict", NowVerdict.of(now), "since", new Since(now.at(), visit.zone())));
    }

    /** Moments as one who looks at the page wants them. */
    public record Since(Instant now, ZoneId zone) {
        /** {@code 14:03:07}; with the date, if that is another day. */
        public String at(Instant then) {
            return new LocalTimes(now.atZone(zone).toLocalDate(), zone).at(then);
        }

        /** {@code 12 min 4 s}. */
        public String ago(Instant then) {
            return Durations.text(Math.max(0, now.toEpochMilli() / 1000 - then.toEpochMilli() / 1000) * 1000);
        }
    }
}
