package io.risefall.query.alert.delivery;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.query.alert.Alerts;
import io.risefall.query.alert.channel.ChannelKind;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.alert.route.QuietHours;
import io.risefall.query.alert.route.RouteMatch;
import io.risefall.query.leader.MirroredLog;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.suite.MutableClock;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the outbox to a real receiver, and what is recorded of it. */
@Slow
class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STATES = "select id, channel, state from notifications order by \"at\", id, channel";

    @TempDir
    Path folder;

    private Receiver receiver;
    private Warehouse warehouse;
    private MirroredLog log;
    /** Of the clock that delivery goes by; moves only when a test says so. */
    private final MutableClock clock = new MutableClock(Alerts.AT.plusSeconds(10));

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
        warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        log = new MirroredLog(folder);
    }

    @AfterEach
    void close() throws Exception {
        try (MirroredLog mirrored = log) {
            mirrored.assertEqualTo(warehouse);
        }
        warehouse.close();
        receiver.close();
    }

    @Test
    void whatIsAcknowledgedIsSentOnceEvenWhenItIsAddedTwice() throws Exception {
        add(Alerts.opened("a1", "web/s1"));
        add(Alerts.opened("a1", "web/s1"));
        try (Delivery delivery = delivery(config(route(null)))) {
            delivery.start();
            awaitStates("a1-1, hook, sent");
            add(Alerts.opened("a1", "web/s1"));
            add(Alerts.message("a1", 2, AlertTransition.CLOSED, "web/s1"));
            awaitStates("a1-1, hook, sent", "a1-2, hook, sent");
        }
        try (Delivery again = delivery(config(route(null)))) {
            again.start();
            add(Alerts.opened("a2", "web/s2"));
            awaitStates("a1-1, hook, sent", "a2-1, hook, sent", "a1-2, hook, sent");
        }
        assertThat(receiver.ids).containsExactly("a1-1", "a1-2", "a2-1");
        assertThat(receiver.bodies.get(0))
                .contains("\"version\":\"risefall.webhook.v1\"", "https://r.example/incidents/i1");
    }

    @Test
    void nothingIsSentOnceAnotherOneLeads() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AlertLog lost = new AlertLog() {
            @Override
            public void inTransaction(Connection connection, Changes changes) throws SQLException {
                log.inTransaction(connection, changes);
            }

            @Override
            public void confirm() {
                asked.countDown();
                throw new IllegalStateException("another one leads");
            }
        };
        add(Alerts.opened("a1", "web/s1"));
        try (Delivery delivery = new Delivery(warehouse::read, config(route(null)), lost, clock)) {
            delivery.start();
            assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(receiver.ids).isEmpty();
        assertThat(rows(STATES)).containsExactly("a1-1, hook, due");
    }

    @Test
    void theEndIsToldOnceMoreWhereItWasTold() throws Exception {
        add(Alerts.opened("a1", "web/s1"));
        add(Alerts.message("a1", 2, AlertTransition.CLOSED, "web/s1"));
        add(Alerts.message("a1", 3, AlertTransition.CLOSED, "web/s1"));
        add(Alerts.message("a2", 2, AlertTransition.CLOSED, "web/s2"));
        try (Delivery delivery = delivery(config(route(null)))) {
            delivery.start();
            awaitStates("a1-1, hook, sent", "a1-2, hook, folded", "a2-2, null, folded", "a1-3, hook, sent");
        }
    }

    @Test
    void whatFailsIsTriedAgainWithTheSameIdInOrderAndGivenUpInTheEnd() throws Exception {
        receiver.manner = Receiver.Manner.FAILS;
        add(Alerts.opened("a1", "web/s1"));
        add(Alerts.message("a1", 2, AlertTransition.STILL_OPEN, "web/s1"));
        add(Alerts.message("a1", 3, AlertTransition.CLOSED, "web/s1"));
        try (Delivery delivery = delivery(config(route(null)))) {
            delivery.start();
            await().atMost(PATIENCE)
                    .until(() -> receiver.ids.size() == 1
                            && rows("select attempts from notifications where id = 'a1-1'")
                                    .equals(List.of("1")));
            assertThat(rows("select last_error from notifications where attempts > 0"))
                    .containsExactly("HTTP 500: no: null");
            // The first stands before the last; what lay between is folded.
            awaitStates("a1-1, hook, due", "a1-2, hook, folded", "a1-3, hook, due");
            receiver.manner = Receiver.Manner.TAKES;
            clock.advance(Duration.ofSeconds(5));
            awaitStates("a1-1, hook, sent", "a1-2, hook, folded", "a1-3, hook, sent");
            assertThat(receiver.ids).containsExactly("a1-1", "a1-1", "a1-3");

            receiver.manner = Receiver.Manner.FAILS;
            add(Alerts.opened("a2", "web/s1"));
            await().atMost(PATIENCE).until(() -> receiver.ids.contains("a2-1"));
            clock.advance(Duration.ofHours(25));
            await().atMost(PATIENCE)
                    .until(() -> rows("select state from notifications where id = 'a2-1'")
                            .equals(List.of("given_up")));
        }
    }

    @Test
    void aReceiverThatHangsStopsNobodyElse() throws Exception {
        try (Receiver slow = new Receiver()) {
            slow.manner = Receiver.Manner.HANGS;
            AlertConfig config = config(
                    List.of(channel("slow", slow.url()), channel("hook", receiver.url())),
                    new AlertRoute("all", RouteMatch.ALL, List.of("slow", "hook"), false, null));
            for (int i = 0; i < 10; i++) {
                add(Alerts.opened("a" + i, "web/s" + i));
            }
            try (Delivery delivery = delivery(config)) {
                delivery.start();
                await().atMost(PATIENCE)
                        .until(() -> rows("select id from notifications where channel = 'hook' and state = 'sent'")
                                        .size()
                                == 10);
                assertThat(rows("select count(*) from notifications where channel = 'slow' and state = 'due'"))
                        .containsExactly("10");
            }
        }
    }

    @Test
    void whatIsSilencedIsToldWhenTheSilenceEndsIfItIsStillTrue() throws Exception {
        silence("web", "2026-03-02T11:00:00Z");
        add(Alerts.opened("a1", "web/s1"));
        add(Alerts.opened("a2", "web/s2"));
        add(Alerts.opened("b1", "app/s1"));
        try (Delivery delivery = delivery(config(route(null)))) {
            delivery.start();
            awaitStates("a1-1, null, silenced", "a2-1, null, silenced", "b1-1, hook, sent");
            assertThat(rows("select why from notifications where id = 'a1-1'")).containsExactly("silenced by id-web");
            add(Alerts.message("a2", 2, AlertTransition.CLOSED, "web/s2"));
            await().atMost(PATIENCE)
                    .until(() -> rows("select state from notifications where id = 'a2-2'")
                            .equals(List.of("folded")));
            clock.set(Instant.parse("2026-03-02T11:00:01Z"));
            await().atMost(PATIENCE).until(() -> receiver.ids.contains("a1-1"));
        }
        assertThat(receiver.ids).containsExactly("b1-1", "a1-1");
    }

    @Test
    void quietHoursEndWithWhatIsStillTrue() throws Exception {
        QuietHours quiet = new QuietHours(LocalTime.of(9, 0), LocalTime.of(12, 0), ZoneOffset.UTC, Set.of(), false);
        add(Alerts.opened("a1", "web/s1"));
        add(Alerts.opened("a2", "web/s2"));
        add(Alerts.message("a2", 2, AlertTransition.CLOSED, "web/s2"));
        try (Delivery delivery = delivery(config(route(quiet)))) {
            delivery.start();
            await().atMost(PATIENCE)
                    .until(() -> rows("select id from notifications where state = 'new'")
                            .isEmpty());
            assertThat(receiver.ids).doesNotContain("a1-1", "a2-1");
            clock.set(Instant.parse("2026-03-02T12:00:01Z"));
            await().atMost(PATIENCE).until(() -> receiver.ids.contains("a1-1"));
        }
        assertThat(receiver.ids).doesNotContain("a2-1");
    }

    @Test
    void secretsAreInNoTable() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "s3cr3t-t0ken\n");
        receiver.manner = Receiver.Manner.FAILS;
        Map<String, List<String>> values = new TreeMap<>();
        values.put("url", List.of(receiver.url()));
        values.put("token-file", List.of(token.toString()));
        AlertConfig config = config(List.of(new ChannelSettings("hook", ChannelKind.WEBHOOK, values)), route(null));
        add(Alerts.opened("a1", "web/s1"));
        try (Delivery delivery = delivery(config)) {
            delivery.start();
            await().atMost(PATIENCE)
                    .until(() -> rows("select last_error from notifications where attempts > 0")
                                    .size()
                            == 1);
        }
        assertThat(receiver.authorizations).containsExactly("Bearer s3cr3t-t0ken");
        assertThat(rows("select * from store.notifications").toString())
                .contains("HTTP 500: no: …")
                .doesNotContain("s3cr3t");
        assertThat(config.toString()).doesNotContain("s3cr3t");
    }

    private void awaitStates(String... expected) {
        await().atMost(ofMinutes(1))
                .untilAsserted(() -> assertThat(rows(STATES)).containsExactly(expected));
    }

    private List<String> rows(String sql) throws Exception {
        return Warehouses.table(warehouse, sql);
    }

    private Delivery delivery(AlertConfig config) {
        return new Delivery(warehouse::read, config, log, clock);
    }

    private AlertConfig config(AlertRoute route) {
        return config(List.of(channel("hook", receiver.url())), route);
    }

    private static AlertConfig config(List<ChannelSettings> channels, AlertRoute route) {
        return new AlertConfig(
                AlertSettings.DEFAULTS, "https://r.example", Duration.ofHours(24), channels, List.of(route), List.of());
    }

    private static AlertRoute route(QuietHours quiet) {
        return new AlertRoute("all", RouteMatch.ALL, List.of("hook"), false, quiet);
    }

    private static ChannelSettings channel(String name, String url) {
        return new ChannelSettings(name, ChannelKind.WEBHOOK, Map.of("url", List.of(url)));
    }

    private void silence(String proxy, String until) throws Exception {
        warehouse.write(new Records("2026-03-02", 0)
                .silence(new AlertSilence(
                        "id-" + proxy, null, proxy, null, Alerts.AT, Instant.parse(until), "disks", "anna"))
                .readUntil("10:00:00")
                .batch());
    }

    /** As the engine does: in its own transaction. */
    private void add(AlertMessage message) throws Exception {
        try (Connection connection = warehouse.read()) {
            log.inTransaction(connection, changed -> {
                new StoredOutbox().add(connection, message);
                changed.messages(message.alertId());
            });
        }
    }
}
