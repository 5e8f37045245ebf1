package io.risefall.query.page.now;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.alert.route.Silencing.Silenced;
import io.risefall.query.page.now.ServerNow.State;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How the fleet is now, by a real warehouse. */
class FleetReaderTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ReadingState NOTHING_BEHIND = new ReadingState(null, Map.of(), Map.of());

    @Test
    void twoNodesMakeOneServerAndOneIncident() throws Exception {
        History one = node("lb1");
        one.server("web/srv1")
                .up("-1 08:00")
                .down("10:00:00", ExampleDays.REFUSED)
                .open();
        one.server("web/srv2").up("-1 08:00").open();
        History two = node("lb2");
        two.server("web/srv1")
                .up("-1 08:00")
                .down("10:00:01", ExampleDays.REFUSED)
                .open();
        two.server("web/srv2").up("-1 08:00").maint("09:00", "maintenance").open();

        FleetNow fleet = read(one, two);

        assertThat(fleet.servers()).isEqualTo(2);
        assertThat(fleet.down()).singleElement().satisfies(server -> {
            assertThat(server.name()).isEqualTo("web/srv1");
            assertThat(server.since()).isEqualTo(one.at("10:00:00"));
            assertThat(server.on()).containsExactly("lb1", "lb2");
            assertThat(server.seenBy()).isEmpty();
            assertThat(server.why()).isEqualTo("L4CON “Connection refused”");
        });
        assertThat(fleet.inMaintenance()).singleElement().satisfies(server -> {
            assertThat(server.seenBy()).isEqualTo("on 1 of 2 load balancers");
            assertThat(server.state()).isEqualTo(State.MAINT);
        });
        assertThat(fleet.incidents()).singleElement().satisfies(card -> {
            assertThat(card.down()).containsExactly("web/srv1");
            assertThat(card.diagnosis()).isNotNull();
            assertThat(card.diagnosis().cause()).contains("not running");
        });
        assertThat(fleet.empty()).singleElement().satisfies(web -> {
            assertThat(web.node()).isEqualTo("lb2");
            assertThat(web.left()).isEqualTo("0 of 2 servers");
        });
    }

    /** A server that was up since the log began is in no line, but HAProxy's DOWN line of another one counts it. */
    @Test
    void aServerThatNoLineNamesIsLeft() throws Exception {
        History one = node("lb1");
        one.server("web/srv1")
                .up("-1 08:00")
                .down("10:00:00", ExampleDays.REFUSED)
                .open();
        try (TestWarehouse warehouse = TestWarehouse.of(one);
                Connection views = warehouse.views();
                Statement statement = views.createStatement()) {
            statement.execute("update store.outages set active_left = 2, backup_left = 0");
            FleetNow fleet = FleetReader.read(views, UTC, Instant.parse("2025-11-12T12:00:00Z"), NOTHING_BEHIND);
            assertThat(fleet.empty()).isEmpty();
            assertThat(fleet.shortOfServers())
                    .singleElement()
                    .satisfies(web -> assertThat(web.left()).isEqualTo("2 of 3 servers"));
            assertThat(fleet.servers()).isEqualTo(3);
        }
    }

    @Test
    void whoWaitsForTheFirstLookIsToldThatItFailed() throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of();
                LatestFleet fleet = new LatestFleet(warehouse.warehouse(), UTC, () -> {
                    throw new IllegalStateException("not known");
                })) {
            fleet.start();
            assertThatThrownBy(fleet::get).hasRootCauseMessage("not known");
        }
    }

    @Test
    void whatIsUpAgainIsNoTrouble() throws Exception {
        History one = node("lb1");
        one.server("web/srv1")
                .up("-1 08:00")
                .down("10:00:00", ExampleDays.REFUSED)
                .up("10:05:00")
                .open();

        FleetNow fleet = read(one);

        assertThat(fleet.trouble()).isEmpty();
        assertThat(fleet.incidents()).isEmpty();
        assertThat(fleet.shortOfServers()).isEmpty();
    }

    @Test
    void whatIsStillToBeReadIsSaid() throws Exception {
        TopicPartition partition = new TopicPartition("events", 0);
        assertThat(read(new ReadingState(null, Map.of(partition, 1234L), Map.of()))
                        .reading())
                .isEqualTo("1\u00a0234 records still to be read.");
        assertThat(read(new ReadingState(Instant.EPOCH, Map.of(), Map.of())).reading())
                .isEqualTo("Kafka is away: this is what was known before.");
    }

    @Test
    void whatIsSilencedSaysUntilWhenAndOnlyWhileItLasts() throws Exception {
        History one = node("lb1");
        one.server("web/srv1")
                .up("-1 08:00")
                .down("10:00:00", ExampleDays.REFUSED)
                .open();
        try (TestWarehouse warehouse = TestWarehouse.of(one);
                Connection views = warehouse.views();
                Statement statement = views.createStatement()) {
            statement.execute(
                    "insert into store.alert_silences values"
                            + " ('k1', 's1', null, 'w*', null, timestamptz '2025-11-12 09:00:00+00', timestamptz '2025-11-12 13:00:00+00', 'disks', 'anna'),"
                            + " ('k2', 's2', 'lb2', 'web', 'srv1', timestamptz '2025-11-12 09:00:00+00', timestamptz '2025-11-12 14:00:00+00', 'lb2', null),"
                            + " ('k3', 's3', null, 'web', null, timestamptz '2025-11-12 09:00:00+00', timestamptz '2025-11-12 12:00:00+00', 'over', null)");
            FleetNow during = FleetReader.read(views, UTC, Instant.parse("2025-11-12T12:00:00Z"), NOTHING_BEHIND);
            assertThat(during.silences()).extracting(Silenced::target).containsExactly("web/srv1 on lb2", "w*");
            assertThat(during.incidents())
                    .extracting(IncidentCard::silencedUntil)
                    .containsExactly(Instant.parse("2025-11-12T13:00:00Z"));
            FleetNow after = FleetReader.read(views, UTC, Instant.parse("2025-11-12T14:00:00Z"), NOTHING_BEHIND);
            assertThat(after.silences()).isEmpty();
            assertThat(after.incidents())
                    .singleElement()
                    .satisfies(card -> assertThat(card.silencedUntil()).isNull());
        }
    }

    private static History node(String name) {
        return new History(name, ExampleDays.DAY, UTC);
    }

    private static FleetNow read(History... histories) throws Exception {
        return read(NOTHING_BEHIND, histories);
    }

    private static FleetNow read(ReadingState reading, History... histories) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(histories);
                Connection views = warehouse.views()) {
            return FleetReader.read(views, UTC, Instant.parse("2025-11-12T12:00:00Z"), reading);
        }
    }
}
