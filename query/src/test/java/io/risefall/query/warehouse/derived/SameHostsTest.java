package io.risefall.query.warehouse.derived;

import static io.risefall.query.warehouse.Warehouses.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which nodes are one host under two names. */
@Slow
class SameHostsTest {
    private static final String FOUND =
            "select node, host, if(folded, 'proven', 'likely') from same_hosts order by node";
    private static final String FILE = "file:/var/log/haproxy.log";
    private static final long PID = 41207;

    /** In containers every HAProxy has it. */
    private static final long LOW_PID = 8;

    @TempDir
    Path folder;

    private final Records records = new Records("2026-03-02", 0);
    private final List<HealthEvent> events = new ArrayList<>();
    private boolean written;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost.localdomain", "-", "127.0.0.1", "10.0.0.5", "::1", "2001:db8::5"})
    void whatNamesNoHostIsTheOneThatSaysTheSame(String node) throws Exception {
        flap(node, PID, "21:09:31", "21:10:01", FILE);
        flap("lbx", PID, "21:09:31", "21:10:01", FILE);
        assertThat(rows(FOUND)).containsExactly(node + ", lbx, proven");
    }

    @Test
    void itCountsOnce() throws Exception {
        for (String node : List.of("localhost", "lbx")) {
            flap(node, PID, "21:09:31", "21:10:01", FILE);
            records.state(node, "app/a3", Health.UP, "21:00:00", "21:09:31")
                    .state(node, "app/a3", Health.DOWN, "21:09:31", "21:10:01")
                    .state(node, "app/a3", Health.UP, "21:10:01", null)
                    .put(new Outage(
                            node,
                            ServerName.parse("app/a3"),
                            false,
                            records.at("21:09:31"),
                            records.at("21:10:01"),
                            Outage.EndedBy.UP,
                            null,
                            null,
                            null,
                            false,
                            false,
                            null,
                            false,
                            true,
                            PID));
        }
        records.readUntil("localhost", "22:00:00").readUntil("lbx", "21:30:00");
        assertThat(rows("select node from outages")).containsExactly("lbx");
        assertThat(rows("select distinct node from states")).containsExactly("lbx");
        assertThat(rows("select node from servers")).containsExactly("lbx");
        assertThat(rows("select distinct nodes, nodes_down from sightings order by 2"))
                .containsExactly("1, 0", "1, 1");
        assertThat(rows("select node, outages from server_day where outages > 0"))
                .containsExactly("lbx, 1");
        assertThat(rows("select node, strftime(until_at, '%H:%M') from store.node_known"))
                .containsExactly("lbx, 22:00");
        assertThat(rows("select node, coalesce(same_as, '-') from nodes order by 1"))
                .containsExactly("lbx, -", "localhost, lbx");
        assertThat(rows("select distinct node from events order by 1")).containsExactly("lbx", "localhost");
    }

    @Test
    void inTwoSourcesToo() throws Exception {
        flap("localhost", PID, "21:09:31.25", "21:10:01.25", FILE);
        flap("lbx", PID, "21:09:31", "21:10:01", "file:/var/log/messages");
        assertThat(rows(FOUND)).containsExactly("localhost, lbx, proven");
    }

    /** Two hosts that see one server fail: nothing but chance makes their lines equal. */
    @ParameterizedTest
    @ValueSource(strings = {"lb1", "localhost", "10.0.0.5", "lb2.example.com"})
    void lowPidsAndWholeSecondsProveNothing(String node) throws Exception {
        for (int minute = 10; minute < 40; minute++) {
            flap(node, LOW_PID, "21:" + minute + ":01", "21:" + minute + ":31", FILE);
            flap("lb2", LOW_PID, "21:" + minute + ":01", "21:" + minute + ":31", "udp:127.0.0.1:5514");
        }
        assertThat(rows(FOUND)).isEmpty();
    }

    @Test
    void anotherPidOrOtherWordsAreAnotherHosts() throws Exception {
        flap("localhost", PID, "21:09:31", "21:10:01", FILE);
        flap("lb1", PID + 1, "21:09:31", "21:10:01", FILE);
        say("lb2", PID, "21:09:31", Transition.DOWN, 2, FILE);
        say("lb2", PID, "21:10:01", Transition.UP, 2, FILE);
        say("lb3", PID, "21:09:35", Transition.DOWN, 1, FILE);
        assertThat(rows(FOUND)).isEmpty();
    }

    @Test
    void twoThatSayTheSameLeaveOpenWhoseItIs() throws Exception {
        for (String node : List.of("localhost", "lb1", "lb2")) {
            flap(node, PID, "21:09:31", "21:10:01", FILE);
        }
        assertThat(rows(FOUND)).isEmpty();
    }

    @Test
    void whatTheHostDoesNotSayIsAnotherHosts() throws Exception {
        flap("localhost", PID, "21:09:31", "21:10:01", FILE);
        flap("localhost", PID + 1, "21:19:31", "21:20:01", FILE);
        flap("localhost", PID + 1, "21:29:31", "21:30:01", FILE);
        flap("lb1", PID, "21:09:31", "21:10:01", FILE);
        flap("lb1", PID, "21:49:31", "21:50:01", FILE);
        assertThat(rows(FOUND)).isEmpty();
    }

    /** A second log target that names the host came later: what the first one said before is not hidden. */
    @Test
    void whatWasSaidBeforeTheHostSpokeIsKept() throws Exception {
        for (int hour = 10; hour < 20; hour++) {
            flap("localhost", PID, hour + ":00:00", hour + ":01:00", FILE);
        }
        flap("localhost", PID, "21:09:31", "21:10:01", FILE);
        flap("lbx", PID, "21:09:31", "21:10:01", FILE);
        assertThat(rows(FOUND)).containsExactly("lbx, localhost, likely");
    }

    @Test
    void aLineOrTwoCanBeLost() throws Exception {
        for (int minute = 10; minute < 40; minute++) {
            flap("localhost", PID, "21:" + minute + ":01", "21:" + minute + ":31", FILE);
            flap("lbx", PID, "21:" + minute + ":01", minute == 20 ? null : "21:" + minute + ":31", FILE);
        }
        assertThat(rows(FOUND)).containsExactly("localhost, lbx, proven");
    }

    /** A name is a name: only who knows the hosts can say that they are one. */
    @Test
    void twoNamesAreLikelyOneHostAndCountOnceWhereNodesAreCounted() throws Exception {
        for (String node : List.of("lb1", "lb1.example.com")) {
            flap(node, PID, "21:09:31", "21:10:01", FILE);
            flap(node, PID, "21:19:31", "21:20:01", FILE);
            records.state(node, "app/a3", Health.DOWN, "21:09:31", "21:10:01");
        }
        assertThat(rows(FOUND)).containsExactly("lb1.example.com, lb1, likely");
        assertThat(rows("select nodes, nodes_down from sightings")).containsExactly("1, 1");
        assertThat(rows("select node from states order by 1")).containsExactly("lb1", "lb1.example.com");
    }

    @Test
    void oneEventIsTooLittleForTwoNames() throws Exception {
        for (String node : List.of("lb1", "lb2")) {
            flap(node, PID, "21:09:31", "21:10:01", FILE);
        }
        assertThat(rows(FOUND)).isEmpty();
    }

    /** HAProxy writes the same stamp to all its log targets. */
    @Test
    void equalMicrosecondsTellEvenInContainers() throws Exception {
        flap("localhost", LOW_PID, "21:09:31.123456", "21:10:01.654321", FILE);
        flap("lbx", LOW_PID, "21:09:31.123456", "21:10:01.654321", "udp:127.0.0.1:5514");
        flap("a", LOW_PID, "22:09:31.5", "22:10:01.25", FILE);
        flap("b", LOW_PID, "22:09:31.501", "22:10:01.251", FILE);
        assertThat(rows(FOUND)).containsExactly("localhost, lbx, proven");
    }

    @Test
    void inOneSourceALowPidMakesItLikely() throws Exception {
        flap("localhost", LOW_PID, "21:09:31", "21:10:01", FILE);
        flap("lbx", LOW_PID, "21:09:31", "21:10:01", FILE);
        assertThat(rows(FOUND)).containsExactly("localhost, lbx, likely");
    }

    /** A fleet of containers that fails together. */
    @Test
    void manyNodesAreNotOneHost() throws Exception {
        flap("localhost", PID, "21:09:31", "21:10:01", FILE);
        for (int i = 0; i < 40; i++) {
            flap("lb" + i, PID, "21:09:31", "21:10:01", FILE);
        }
        assertThat(rows(FOUND)).isEmpty();
    }

    /** In which pieces and in which order lines come does not matter, and what later ones disprove is taken back. */
    @Test
    void followsFromTheSetOfLines() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 6; round++) {
            events.clear();
            boolean disproven = round % 2 == 1;
            for (int minute = 10; minute < 30; minute++) {
                flap("localhost", PID, "21:" + minute + ":09.9", "21:" + minute + ":39", FILE);
                flap("lbx", PID, "21:" + minute + ":10", "21:" + minute + (disproven ? ":45" : ":40.1"), FILE);
            }
            Collections.shuffle(events, random);
            try (Warehouse warehouse = Warehouses.open(folder.resolve(round + ".duckdb"), ZoneId.of("UTC"))) {
                long offset = 0;
                for (int from = 0; from < events.size(); ) {
                    int to = Math.min(events.size(), from + 1 + random.nextInt(20));
                    Batch batch = new Batch();
                    for (HealthEvent event : events.subList(from, to)) {
                        batch.add(
                                Topics.EVENTS,
                                0,
                                offset++,
                                null,
                                JsonSerde.of(HealthEvent.class).serialize("", event));
                    }
                    warehouse.write(batch);
                    from = to;
                }
                assertThat(table(warehouse, FOUND))
                        .isEqualTo(disproven ? List.of() : List.of("localhost, lbx, proven"));
            }
        }
    }

    private void flap(String node, long pid, String downAt, String upAt, String source) {
        say(node, pid, downAt, Transition.DOWN, 1, source);
        if (upAt != null) {
            say(node, pid, upAt, Transition.UP, 1, source);
        }
    }

    private void say(String node, long pid, String time, Transition transition, int duration, String source) {
        Instant at = records.at(time);
        ServerName server = ServerName.parse("app/a3");
        CheckReason reason = new CheckReason(CheckStatus.L4CON, null, null, (long) duration);
        events.add(new HealthEvent(
                at,
                time.contains("."),
                at,
                node,
                pid,
                "haproxy",
                null,
                new ServerSwitch(
                        server, false, transition, null, null, null, null, reason, null, null, null, false, null, null),
                new LineFrame("", null, null),
                new Origin(source, events.size(), 0, null)));
    }

    private List<String> rows(String sql) throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"))) {
            if (!written) {
                events.forEach(event -> records.add(
                        Topics.EVENTS,
                        event.key().toString(),
                        JsonSerde.of(HealthEvent.class).serialize("", event)));
                warehouse.write(records.batch());
                written = true;
            }
            return table(warehouse, sql);
        }
    }
}
