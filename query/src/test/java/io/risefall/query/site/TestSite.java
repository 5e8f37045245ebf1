package io.risefall.query.site;

import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.WebServer;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.service.UserQueries;
import io.risefall.query.http.service.UserQuestions;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.question.Questions;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.schemas.note.AlertSilence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The web site of a warehouse, on loopback, for everybody. */
final class TestSite implements AutoCloseable {
    private final UserQueries queries;
    private final UserQuestions questions;
    private final Website website;
    private final WebServer server;

    /** @param folder where long answers lie */
    TestSite(TestWarehouse warehouse, ZoneId zone, Path folder) throws IOException {
        this(warehouse, zone, folder, HttpLimits.USUAL);
    }

    TestSite(TestWarehouse warehouse, ZoneId zone, Path folder, HttpLimits limits) throws IOException {
        this(warehouse.warehouse(), zone, folder, limits);
    }

    TestSite(Warehouse warehouse, ZoneId zone, Path folder, HttpLimits limits) throws IOException {
        Metrics metrics = new Metrics(warehouse::read, 0);
        queries = new UserQueries(new SqlSandbox(warehouse::read, Duration.ofSeconds(30)), folder, metrics.times());
        questions = new UserQuestions(new Questions(warehouse, zone, () -> null), folder, metrics.times());
        website = new Website(
                warehouse,
                zone,
                () -> new ReadingState(null, Map.of(), Map.of()),
                List::of,
                queries,
                questions,
                silences -> silence(warehouse, silences));
        website.start();
        server = new WebServer(
                new PageAccess("127.0.0.1", AccessSettings.OPEN, Clock.systemUTC(), website::routes).pages(), limits);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void silence(Warehouse warehouse, List<AlertSilence> silences) {
        Records records = new Records("2026-03-02", 0);
        silences.forEach(records::silence);
        warehouse.write(records.batch());
    }

    /** Where a path is. */
    String url(String path) {
        return "http://127.0.0.1:" + server.address().getPort() + path;
    }

    @Override
    public void close() {
        queries.close();
        server.close();
        website.close();
        questions.close();
    }
}
