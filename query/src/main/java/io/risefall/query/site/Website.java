package io.risefall.query.site;

import io.risefall.query.http.Route;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.page.Pages;
import io.risefall.query.page.now.LatestFleet;
import io.risefall.query.page.now.NowPage;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Warehouse;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** All pages, and what they have in common. {@link #start} and {@link #close} once each; any number of threads may look. */
public final class Website implements AutoCloseable {
    private final LatestFleet fleet;
    private final Pages pages;

    /**
     * @param zone of the times that are shown
     * @param reading how the service reads the topics
     */
    public Website(Warehouse warehouse, ZoneId zone, Supplier<ReadingState> reading) {
        fleet = new LatestFleet(warehouse, zone, reading);
        pages = new Pages(warehouse, zone, reading, List.of(new NowPage(fleet)), fleet.changes());
    }

    public void start() {
        fleet.start();
    }

    /** Where the pages are, for those who may look. */
    public List<Route> routes(PageAccess access) {
        return pages.routes(access);
    }

    @Override
    public void close() {
        pages.close();
        fleet.close();
    }
}
