package io.risefall.query.page.now;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
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
                Map.of("fleet", now, "verdict", NowVerdict.of(now), "since", new PageTimes(now.at(), visit.zone())));
    }
}
