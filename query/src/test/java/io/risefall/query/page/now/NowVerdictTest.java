package io.risefall.query.page.now;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.page.now.ServerNow.State;
import io.risefall.query.report.model.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the first sentence says of a fleet. */
class NowVerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final List<ServerNow> trouble = new ArrayList<>();
    private final List<BackendNow> backends = new ArrayList<>();
    private final List<NodeNow> nodes = new ArrayList<>(List.of(new NodeNow("lb1", NOW, NOW, false)));
    private int servers = 12;

    @Test
    void allAreUp() {
        says(Level.OK, "All 12 servers are up.", "");
    }

    @Test
    void maintenanceIsNoTrouble() {
        has("web/srv1", State.MAINT);
        says(Level.OK, "No server is down.", "Of 12 servers: 1 in maintenance.");
    }

    @Test
    void theWorstComesFirst() {
        has("web/srv1", State.DOWN);
        has("web/srv2", State.MAINT);
        has("api/a", State.UNKNOWN);
        says(Level.DOWN, "web/srv1 is down.", "Of 12 servers: 1 in maintenance, 1 unknown.");
        backends.add(new BackendNow("web", "lb1", 1, 0, 2, 0, 0, 0, 0, false));
        says(Level.DOWN, "web has no server left.", "Of 12 servers: 1 down, 1 in maintenance, 1 unknown.");
    }

    @Test
    void aBackendWithServersOfWhichNothingIsKnownIsNotEmpty() {
        has("web/srv1", State.UNKNOWN);
        backends.add(new BackendNow("web", "lb1", 1, 0, 2, 0, 0, 1, 0, false));
        says(Level.UNKNOWN, "Nothing is known to be down, but not all is known.", "Of 12 servers: 1 unknown.");
    }

    @Test
    void manyAreCounted() {
        for (int i = 1; i <= 4; i++) {
            has("web/srv" + i, State.DOWN);
        }
        says(Level.DOWN, "4 servers of web are down.", "");
        for (String backend : List.of("api", "db", "mail")) {
            has(backend + "/one", State.DOWN);
        }
        says(Level.DOWN, "7 servers of 4 backends are down.", "");
    }

    @Test
    void aStandbyIsNotDown() {
        trouble.add(server("db/db2", State.DOWN, true, false));
        says(Level.OK, "No server is down.", "Of 12 servers: 1 standing by.");
    }

    @Test
    void flappingIsTroubleWhileUp() {
        trouble.add(server("web/srv1", State.UP, false, true));
        says(Level.TROUBLE, "web/srv1 is flapping.", "Of 12 servers: 1 flapping.");
    }

    @Test
    void aLogThatHasEndedTellsOfThePast() {
        nodes.clear();
        nodes.add(new NodeNow("lb1", NOW.minusSeconds(3600), NOW.minusSeconds(3600), false));
        says(Level.UNKNOWN, "No log is read now. When the last one ended, no server was down.", "");
        has("web/srv1", State.DOWN);
        says(Level.DOWN, "When the log ended, web/srv1 was down.", "");
    }

    @Test
    void aHostOfWhichNothingIsHeardMakesItUncertain() {
        nodes.add(new NodeNow("lb2", NOW.minusSeconds(3600), NOW, true));
        says(
                Level.UNKNOWN,
                "Nothing is known to be down, but not all is known.",
                "Nothing is heard of 1 load balancer.");
    }

    @Test
    void anEmptyWarehouseSaysSo() {
        servers = 0;
        nodes.clear();
        says(Level.UNKNOWN, "No line about a server has come yet.", "");
    }

    private void has(String name, State state) {
        trouble.add(server(name, state, false, false));
    }

    private static ServerNow server(String name, State state, boolean standby, boolean flapping) {
        String[] parts = name.split("/");
        return new ServerNow(
                parts[0],
                parts[1],
                false,
                state,
                NOW.minusSeconds(60),
                List.of("lb1"),
                1,
                standby,
                flapping,
                null,
                null,
                null,
                null,
                null,
                true);
    }

    private void says(Level level, String sentence, String more) {
        FleetNow fleet = new FleetNow(NOW, servers, trouble, backends, nodes, List.of(), List.of(), "");
        assertThat(NowVerdict.of(fleet)).isEqualTo(new NowVerdict(level, sentence, more));
    }
}
