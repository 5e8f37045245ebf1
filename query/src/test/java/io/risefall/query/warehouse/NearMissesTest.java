package io.risefall.query.warehouse;

import static io.risefall.query.warehouse.Warehouses.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.state.Outage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Falls of a server that did not end in DOWN, from check lines alone. */
class NearMissesTest {
    private static final String MISSES = """
            select strftime("at", '%H:%M:%S'), strftime(recovered_at, '%H:%M:%S'), lowest, threshold, reason, became_outage
            from near_misses order by "at\"""";

    @TempDir
    Path folder;

    private final Records records = new Records("2026-03-02", 0);
    private boolean written;

    @Test
    void aFallThatRecovers() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:02", 7L, false, 1, "up");
        check("10:00:04", 7L, true, 3, "up");
        assertThat(rows(MISSES)).containsExactly("10:00:00, 10:00:04, 1, 3, L7TOUT, false");
    }

    @Test
    void aFallThatEndsInDownIsNone() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:02", 7L, false, 1, "up");
        check("10:00:04", 7L, false, 0, "down");
        check("10:00:06", 7L, true, 1, "down");
        check("10:00:08", 7L, true, 3, "up");
        records.state("be/a", "up", "08:00:00", "10:00:04").state("be/a", "down", "10:00:04", "10:00:08");
        assertThat(rows(MISSES)).isEmpty();
    }

    @Test
    void norOneWhoseDownOnlyTheSwitchLineSays() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:08", 7L, true, 3, "up");
        records.state("be/a", "up", "08:00:00", "10:00:04").state("be/a", "down", "10:00:04", "10:00:08");
        assertThat(rows(MISSES)).isEmpty();
    }

    @Test
    void aRecoveryWhoseLineWasLostIsProvenByTheNextFall() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:02", 7L, false, 1, "up");
        check("10:10:00", 7L, false, 2, "up");
        check("10:10:02", 7L, true, 3, "up");
        assertThat(rows(MISSES))
                .containsExactly("10:00:00, null, 1, 3, L7TOUT, false", "10:10:00, 10:10:02, 2, 3, L7TOUT, false");
    }

    @Test
    void whatBecameOfAFallAtAReloadOrAtTheEndOfTheLogIsNotKnown() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:02", 8L, true, 3, "up");
        check("10:10:00", 8L, false, 2, "up");
        assertThat(rows(MISSES)).isEmpty();
    }

    @Test
    void maintenanceIsNoRecovery() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:05:00", 7L, true, 3, "up");
        records.state("be/a", "up", "08:00:00", "10:00:01").state("be/a", "maint", "10:00:01", "10:04:59");
        assertThat(rows(MISSES)).isEmpty();
    }

    @Test
    void withinOneSecondTheOrderOfTheFileCounts() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:00", 7L, true, 3, "up");
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:00", 7L, false, 1, "up");
        check("10:00:00", 7L, true, 3, "up");
        assertThat(rows("select lowest from near_misses order by 1 desc")).containsExactly("2", "1");
    }

    @Test
    void anAgentNeverNearlyMisses() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        say("10:00:01", 7L, true, true, 1, 1, "up");
        check("10:00:02", 7L, true, 3, "up");
        assertThat(rows(MISSES)).containsExactly("10:00:00, 10:00:02, 2, 3, L7TOUT, false");
    }

    @Test
    void howManyBecameOutagesWithinAnHour() throws Exception {
        check("10:00:00", 7L, false, 2, "up");
        check("10:00:02", 7L, true, 3, "up");
        check("10:30:00", 7L, false, 2, "up");
        check("10:30:02", 7L, true, 3, "up");
        check("23:30:00", 7L, false, 2, "up");
        check("23:30:02", 7L, true, 3, "up");
        records.outage("be/a", "11:00:01", "11:10:00", Outage.EndedBy.UP, "L7TOUT", null);
        assertThat(rows(MISSES))
                .containsExactly(
                        "10:00:00, 10:00:02, 2, 3, L7TOUT, false",
                        "10:30:00, 10:30:02, 2, 3, L7TOUT, true",
                        "23:30:00, 23:30:02, 2, 3, L7TOUT, false");
        assertThat(rows("select count(*) from near_misses m join outages o using (outage_id)"))
                .containsExactly("1");
        assertThat(rows("select day, node, proxy, server, near_misses, became_outages from near_miss_day"))
                .containsExactly("2026-03-02, lb1, be, a, 3, 1");
        assertThat(rows("select day, near_misses from near_miss_day_in('Europe/Berlin') order by 1"))
                .containsExactly("2026-03-02, 2", "2026-03-03, 1");
    }

    @Test
    void howLongHaproxyTookToBelieveIt() throws Exception {
        Instant down = records.at("10:00:04.500");
        records.put(new Outage(
                "lb1",
                ServerName.parse("be/a"),
                false,
                down,
                records.at("10:05:00"),
                Outage.EndedBy.UP,
                null,
                null,
                null,
                false,
                false,
                records.at("10:00:00.250"),
                false,
                true,
                7L,
                records.at("10:04:58"),
                null));
        records.outage("be/b", "10:00:00", "10:05:00", Outage.EndedBy.UP, "L7STS", null);
        assertThat(rows("select server, detection_ms, recovery_ms from outages order by 1"))
                .containsExactly("a, 4250, 2000", "b, null, null");
    }

    private void check(String at, long pid, boolean passed, int health, String state) {
        say(at, pid, false, passed, health, state.equals("down") ? 2 : 3, state);
    }

    private void say(String at, long pid, boolean agent, boolean passed, int health, int threshold, String state) {
        records.check("lb1", "be/a", at, pid, agent, passed, health, threshold, state);
    }

    private List<String> rows(String sql) throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"))) {
            if (!written) {
                warehouse.write(records.batch());
                written = true;
            }
            return table(warehouse, sql);
        }
    }
}
