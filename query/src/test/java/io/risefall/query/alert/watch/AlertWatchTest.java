package io.risefall.query.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.Outbox;
import io.risefall.query.leader.MirroredLog;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsBacklog;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a warehouse shows, looked at again and again, and which messages follow. */
@Slow
class AlertWatchTest {
    private static final ReadingState CAUGHT_UP = state(0);
    private static final String ALERTS = "select state, problem, severity, servers, backends, nodes, messages, title,"
            + " ended_at is not null from alerts";

    /** Views tell of the machine's now. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    private final List<AlertMessage> outbox = new ArrayList<>();

    @TempDir
    Path folder;

    private Warehouse warehouse;
    private Connection connection;
    private MirroredLog log;
    private AlertWatch watch;

    private static ReadingState state(long behind) {
        TopicPartition partition = new TopicPartition("haproxy.health.states.v1", 0);
        return new ReadingState(null, Map.of(partition, behind), Map.of(partition, new StreamsBacklog(0, null)));
    }

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        connection = warehouse.read();
        log = new MirroredLog(folder);
        isKnownUntil(now);
        restart(this::add);
    }

    @AfterEach
    void close() throws Exception {
        try (MirroredLog mirrored = log) {
            mirrored.assertEqualTo(warehouse);
        }
        connection.close();
        warehouse.close();
    }

    private void add(Connection within, AlertMessage message) {
        outbox.add(message);
    }

    private void restart(Outbox messages) throws SQLException {
        watch = new AlertWatch(connection, AlertSettings.DEFAULTS, messages, log, ZoneOffset.UTC);
    }

    private static AlertSettings fewerThan(int servers) {
        AlertSettings usual = AlertSettings.DEFAULTS;
        return new AlertSettings(
                usual.hold(),
                usual.closeAfter(),
                usual.closeUnknownAfter(),
                usual.reopen(),
                usual.changeEvery(),
                usual.stillOpen(),
                usual.maxAge(),
                usual.leaderless(),
                usual.nodeSilent(),
                usual.pipelineSilent(),
                servers);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void isKnownUntil(Instant until) throws SQLException {
        run("delete from store.last_events");
        run("insert into store.last_events values ('lb1', timestamptz '" + until + "')");
    }

    private void down(String server, Instant at) throws SQLException {
        run(
                "insert into store.outages (record_key, node, proxy, server, backup, started_at, reason, reason_text, agent, joined,"
                        + " backend_emptied, certain, pid) values ('lb1/web/" + server + "', 'lb1', 'web', '" + server
                        + "', false, timestamptz '" + at
                        + "', 'L4CON', 'Layer4 connection problem', false, false, false, true, 1)");
        run("insert into store.states (record_key, node, proxy, server, backup, state, from_at, cause, pid) values ('s"
                + server + "', 'lb1', 'web', '" + server + "', false, 'down', timestamptz '" + at + "', 'check', 1)");
    }

    private void up(String server, Instant at, String by) throws SQLException {
        run("update store.outages set ended_at = timestamptz '" + at + "', ended_by = '" + by + "' where server = '"
                + server + "'");
        run("update store.states set to_at = timestamptz '" + at + "' where server = '" + server + "'");
    }

    @Test
    void oneAlertFromItsBeginToItsEndOverRestarts() throws Exception {
        down("srv1", now.minusSeconds(5));
        run("insert into store.states (record_key, node, proxy, server, backup, state, from_at, cause, pid) values"
                + " ('s2', 'lb1', 'web', 'srv2', false, 'up', timestamptz '" + now.minusSeconds(600)
                + "', 'check', 1)");
        assertThat(watch.look(CAUGHT_UP, now)).isZero();
        assertThat(Warehouses.table(warehouse, ALERTS)).isEmpty();
        restart(this::add);
        assertThat(watch.look(CAUGHT_UP, now.plusSeconds(6))).isEqualTo(1);
        restart(this::add);
        assertThat(watch.look(CAUGHT_UP, now.plusSeconds(7))).isZero();
        AlertMessage opened = outbox.get(0);
        assertThat(opened.title()).isEqualTo("Server web/srv1 is DOWN on lb1: Layer4 connection problem.");
        assertThat(opened.backends()).hasToString("[AlertBackend[proxy=web, usable=1, configured=2, empty=false]]");
        assertThat(opened.cause()).isEqualTo("cause not logged");
        assertThat(opened.evidence()).startsWith("The connection failed");
        assertThat(opened.commands()).isNotEmpty();
        assertThat(opened.outageIds()).isEqualTo(Warehouses.table(warehouse, "select outage_id from outages"));
        assertThat(List.of(String.valueOf(opened.incidentId())))
                .isEqualTo(Warehouses.table(warehouse, "select incident_id from incidents"));
        up("srv1", now.plusSeconds(8), "up");
        assertThat(watch.look(CAUGHT_UP, now.plusSeconds(9))).isZero();
        restart(this::add);
        assertThat(watch.look(CAUGHT_UP, now.plusSeconds(68))).isEqualTo(1);
        assertThat(outbox)
                .extracting(AlertMessage::id)
                .containsExactly(opened.alertId() + "-1", opened.alertId() + "-2");
        assertThat(Warehouses.table(warehouse, ALERTS))
                .containsExactly("closed, servers_down, warning, 1, 1, 1, 2,"
                        + " Over after 13 s: server web/srv1 was DOWN on lb1., true");
    }

    @Test
    void whatCannotBeStoredIsSaidAgainAndOnlyOnceStored() throws Exception {
        down("srv1", now.minusSeconds(20));
        List<String> tried = new ArrayList<>();
        restart((within, message) -> {
            tried.add(message.title());
            throw new SQLException("the disk is full");
        });
        assertThatThrownBy(() -> watch.look(CAUGHT_UP, now)).hasMessage("the disk is full");
        assertThat(Warehouses.table(warehouse, "select * from store.alerts")).isEmpty();
        restart(this::add);
        watch.look(CAUGHT_UP, now);
        assertThat(outbox).extracting(AlertMessage::title).isEqualTo(tried).hasSize(1);
    }

    @Test
    void whileBehindNothingIsSaidAndThenWhatLastsOnce() throws Exception {
        down("srv1", now.minusSeconds(600));
        down("srv2", now.minusSeconds(500));
        assertThat(watch.look(state(1_000_000), now)).isZero();
        up("srv2", now.minusSeconds(100), "up");
        assertThat(watch.look(CAUGHT_UP, now)).isEqualTo(1);
        assertThat(outbox.get(0).title()).startsWith("Server web/srv1 is DOWN");
    }

    @Test
    void whatIsLongAgoOrOnlyInALogThatHasEndedIsSilent() throws Exception {
        down("srv1", now.minusSeconds(86_401));
        assertThat(watch.look(CAUGHT_UP, now)).isZero();
        down("srv2", now.minusSeconds(700));
        isKnownUntil(now.minusSeconds(600));
        assertThat(watch.look(CAUGHT_UP, now)).isZero();
    }

    @Test
    void theEndOfALogEndsNoAlert() throws Exception {
        down("srv1", now.minusSeconds(60));
        assertThat(watch.look(CAUGHT_UP, now)).isEqualTo(1);
        isKnownUntil(now.minusSeconds(600));
        assertThat(watch.look(CAUGHT_UP, now.plusSeconds(700))).isZero();
        assertThat(Warehouses.table(warehouse, "select state from alerts")).containsExactly("open");
    }

    @Test
    void whatLateLinesTakeBackIsAmended() throws Exception {
        down("srv1", now.minusSeconds(60));
        down("srv2", now.minusSeconds(58));
        watch.look(CAUGHT_UP, now);
        run("delete from store.outages where server = 'srv1'");
        watch.look(CAUGHT_UP, now.plusSeconds(1));
        watch.look(CAUGHT_UP, now.plusSeconds(301));
        assertThat(outbox)
                .extracting(AlertMessage::title)
                .containsExactly(
                        "2 servers of backend web (srv1, srv2) are DOWN on lb1: Layer4 connection problem.",
                        "Corrected by late lines: server web/srv2 is DOWN on lb1: Layer4 connection problem.");
    }

    private void isOver(Instant began, Instant ended) throws SQLException {
        down("srv1", began);
        assertThat(watch.look(CAUGHT_UP, began.plusSeconds(10))).isEqualTo(1);
        up("srv1", ended, "up");
        assertThat(watch.look(CAUGHT_UP, ended.plusSeconds(61))).isEqualTo(1);
        outbox.clear();
    }

    @Test
    void whatLateLinesTellOfAClosedAlertIsSaidOnce() throws Exception {
        isOver(now.minusSeconds(1200), now.minusSeconds(600));
        up("srv1", now.minusSeconds(1080), "maintenance");
        restart(this::add);
        watch.look(CAUGHT_UP, now.minusSeconds(500));
        watch.look(CAUGHT_UP, now.minusSeconds(230));
        watch.look(CAUGHT_UP, now);
        assertThat(outbox)
                .extracting(message -> message.sequence() + " " + message.transition() + " " + message.title())
                .containsExactly("3 CLOSED Corrected by late lines: over after 2 min: server web/srv1 was DOWN on lb1,"
                        + " and in maintenance since.");
        assertThat(outbox.get(0).endedAt()).isEqualTo(now.minusSeconds(1080));
        assertThat(Warehouses.table(warehouse, "select state, messages from alerts"))
                .containsExactly("closed, 3");
    }

    @Test
    void anOutageThatBeganEarlierIsNoOtherOne() throws Exception {
        isOver(now.minusSeconds(1200), now.minusSeconds(600));
        run("update store.outages set record_key = 'other', started_at = timestamptz '" + now.minusSeconds(1500) + "'");
        watch.look(CAUGHT_UP, now.minusSeconds(500));
        watch.look(CAUGHT_UP, now.minusSeconds(230));
        assertThat(outbox)
                .extracting(AlertMessage::title)
                .containsExactly("Corrected by late lines: over after 15 min: server web/srv1 was DOWN on lb1.");
        assertThat(outbox.get(0).outageIds()).isEqualTo(Warehouses.table(warehouse, "select outage_id from outages"));
    }

    @Test
    void whatWasNoneIsSaidToBeNone() throws Exception {
        isOver(now.minusSeconds(1200), now.minusSeconds(600));
        run("delete from store.outages");
        watch.look(CAUGHT_UP, now.minusSeconds(500));
        watch.look(CAUGHT_UP, now.minusSeconds(230));
        watch.look(CAUGHT_UP, now.plusSeconds(3600));
        assertThat(outbox)
                .extracting(AlertMessage::title)
                .containsExactly("Corrected by late lines: it was not so that server web/srv1 was DOWN on lb1.");
        assertThat(Warehouses.table(warehouse, "select count(*) from store.alerts where body is not null"))
                .containsExactly("0");
    }

    @Test
    void whatIsCorrectedByLittleOrAnHourAfterTheEndIsNotSaid() throws Exception {
        isOver(now.minusSeconds(5400), now.minusSeconds(5000));
        up("srv1", now.minusSeconds(5030), "up");
        watch.look(CAUGHT_UP, now.minusSeconds(4000));
        watch.look(CAUGHT_UP, now.minusSeconds(1000));
        up("srv1", now.minusSeconds(5300), "up");
        watch.look(CAUGHT_UP, now);
        watch.look(CAUGHT_UP, now.plusSeconds(600));
        assertThat(outbox).isEmpty();
    }

    /** An outage is over before its DOWN line comes. */
    private void comesLate(String node, String server, Instant began, long seconds, Instant received)
            throws SQLException {
        Instant ended = began.plusSeconds(seconds);
        run(
                "insert into store.outages (record_key, node, proxy, server, backup, started_at, ended_at, ended_by, reason, reason_text,"
                        + " agent, joined, backend_emptied, certain, pid) values ('" + node + server + began + "', '"
                        + node + "', 'web', '" + server + "', false, timestamptz '" + began + "', timestamptz '" + ended
                        + "', 'up', 'L4CON', 'Layer4 connection problem', false, false, false, true, 1)");
        run(
                "insert into store.events (\"at\", received_at, node, severity, kind, proxy, server, message, line, source, position, repeat, up)"
                        + " values (timestamptz '" + began + "', timestamptz '" + received + "', '" + node
                        + "', 'alert', 'switch', 'web', '" + server + "', 'm', 'l', 's', 1, 0, false)");
    }

    @Test
    void oneMoreServerThatWasOverBeforeItsLinesCameAmendsAnOpenAlert() throws Exception {
        down("srv1", now.minusSeconds(100));
        watch.look(CAUGHT_UP, now.minusSeconds(80));
        comesLate("lb2", "srv2", now.minusSeconds(98), 40, now.minusSeconds(50));
        // Nobody would have been told of these, or not of these in that alert.
        comesLate("lb2", "blip", now.minusSeconds(97), 9, now.minusSeconds(50));
        comesLate("lb2", "later", now.minusSeconds(97), 40, now.minusSeconds(97));
        comesLate("lb2", "old", now.minusSeconds(90_000), 40, now.minusSeconds(50));
        comesLate("lb2", "before", now.minusSeconds(900), 40, now.minusSeconds(50));
        watch.look(CAUGHT_UP, now.minusSeconds(50));
        restart(this::add);
        watch.look(CAUGHT_UP, now.minusSeconds(30));
        watch.look(CAUGHT_UP, now.plusSeconds(220));
        watch.look(CAUGHT_UP, now.plusSeconds(900));
        assertThat(outbox)
                .extracting(message -> message.transition() + " " + message.title())
                .containsExactly(
                        "OPENED Server web/srv1 is DOWN on lb1: Layer4 connection problem.",
                        "AMENDED Corrected by late lines: server web/srv2 was DOWN too; server web/srv1 is DOWN on 2 nodes:"
                                + " Layer4 connection problem.");
        assertThat(outbox.get(1).servers()).hasSize(2);
        up("srv1", now.plusSeconds(900), "up");
        watch.look(CAUGHT_UP, now.plusSeconds(961));
        assertThat(outbox.get(2).title())
                .isEqualTo("Over after 16 min 40 s: 2 servers of backend web (srv1, srv2) were DOWN on 2 nodes.");
    }

    @Test
    void oneMoreServerOfAClosedAlertIsSaidWithItsEnd() throws Exception {
        isOver(now.minusSeconds(1200), now.minusSeconds(600));
        comesLate("lb2", "srv2", now.minusSeconds(1195), 700, now.minusSeconds(450));
        watch.look(CAUGHT_UP, now.minusSeconds(400));
        watch.look(CAUGHT_UP, now.minusSeconds(230));
        watch.look(CAUGHT_UP, now);
        assertThat(outbox)
                .extracting(AlertMessage::title)
                .containsExactly(
                        "Corrected by late lines: over after 11 min 45 s: 2 servers of backend web (srv1, srv2) were DOWN"
                                + " on 2 nodes.");
    }

    @Test
    void whatWasOverBeforeItsLinesCameOpensNothing() throws Exception {
        comesLate("lb1", "srv1", now.minusSeconds(900), 600, now);
        watch.look(CAUGHT_UP, now);
        watch.look(CAUGHT_UP, now.plusSeconds(600));
        assertThat(outbox).isEmpty();
    }

    @Test
    void serversThatNoLineNamesCountAsHaproxyCountsThem() throws Exception {
        watch = new AlertWatch(connection, fewerThan(3), this::add, log, ZoneOffset.UTC);
        down("srv1", now.minusSeconds(60));
        run("update store.outages set active_left = 2, backup_left = 1 where server = 'srv1'");
        down("srv2", now.minusSeconds(50));
        run("update store.outages set active_left = 1, backup_left = 1 where server = 'srv2'");
        watch.look(CAUGHT_UP, now);
        assertThat(outbox.get(0).problem()).isEqualTo(AlertProblem.CAPACITY_LOW);
        assertThat(outbox.get(0).backends())
                .hasToString("[AlertBackend[proxy=web, usable=2, configured=4, empty=false]]");
    }

    @Test
    void kafkaThatIsAwayBlindsAlerts() throws Exception {
        down("srv1", now.minusSeconds(5));
        watch.look(CAUGHT_UP, now);
        ReadingState away = new ReadingState(now, CAUGHT_UP.behind(), CAUGHT_UP.streams());
        watch.look(away, now.plusSeconds(299));
        assertThat(outbox).isEmpty();
        watch.look(away, now.plusSeconds(300));
        assertThat(outbox)
                .extracting(AlertMessage::title)
                .containsExactly("Alerts are blind: Kafka is away, and nothing is read.");
    }
}
