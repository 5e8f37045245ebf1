package io.risefall.query.site;

import io.risefall.query.health.HealthCheck;
import io.risefall.query.http.Route;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.service.UserQueries;
import io.risefall.query.http.service.UserQuestions;
import io.risefall.query.page.PageFrame;
import io.risefall.query.page.Pages;
import io.risefall.query.page.incident.IncidentPage;
import io.risefall.query.page.incident.IncidentsPage;
import io.risefall.query.page.ingest.IngestPage;
import io.risefall.query.page.line.LinesPage;
import io.risefall.query.page.now.LatestFleet;
import io.risefall.query.page.now.NowPage;
import io.risefall.query.page.report.ReportPages;
import io.risefall.query.page.report.ReportsPage;
import io.risefall.query.page.server.BackendPage;
import io.risefall.query.page.server.ServerPage;
import io.risefall.query.page.silence.SilenceBook;
import io.risefall.query.page.silence.SilencePosts;
import io.risefall.query.page.silence.SilencesPage;
import io.risefall.query.page.sql.SqlPages;
import io.risefall.query.page.timeline.TimelinePage;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Warehouse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All pages, and what they have in common. {@link #start} and {@link #close} once each; any number of threads may look. */
public final class Website implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final int WAITING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WorkQueue queue = new WorkQueue("pages", AT_ONCE, WAITING, PATIENCE);
    private final LatestFleet fleet;
    private final Pages pages;
    private final SqlPages sql;
    private final ReportPages reports;
    private final SilencePosts silences;

    /**
     * @param zone of the times that are shown
     * @param reading how the service reads the topics
     * @param checks those of {@code /readyz}
     * @param queries what runs users' SQL
     * @param questions what makes reports
     * @param book where silences go
     */
    public Website(
            Warehouse warehouse,
            ZoneId zone,
            Supplier<ReadingState> reading,
            Supplier<List<HealthCheck>> checks,
            UserQueries queries,
            UserQuestions questions,
            SilenceBook book) {
        PageFrame frame = new PageFrame();
        fleet = new LatestFleet(warehouse, zone, reading);
        pages = new Pages(
                warehouse,
                zone,
                reading,
                List.of(
                        new NowPage(fleet),
                        new TimelinePage(),
                        new IncidentsPage(),
                        new IncidentPage(),
                        new LinesPage(),
                        new ServerPage(),
                        new BackendPage(),
                        new ReportsPage(),
                        new SilencesPage(),
                        new IngestPage(checks)),
                queue,
                fleet.changes(),
                frame);
        silences = new SilencePosts(book, warehouse::read, frame, zone);
        reports = new ReportPages(questions, queue, frame, zone);
        sql = new SqlPages(queries, queue, warehouse::read, frame, zone);
    }

    public void start() {
        fleet.start();
    }

    /** Completes exceptionally when the pages show no news any more, because of an error. */
    public CompletableFuture<Void> ended() {
        return fleet.ended();
    }

    /** Where the pages are, for those who may look. */
    public List<Route> routes(PageAccess access) {
        return Stream.of(pages.routes(access), silences.routes(access), reports.routes(access), sql.routes(access))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() {
        queue.close();
        silences.close();
        fleet.close();
    }
}
