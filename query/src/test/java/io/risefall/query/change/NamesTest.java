package io.risefall.query.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ObservedServer;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses and names over time, and states that HAProxy told otherwise. */
class NamesTest {
    private static final ServerName POD = new ServerName("web", "pod1");
    private static final ServerName PLAIN = new ServerName("is", "is");

    @TempDir
    Path folder;

    @Test
    void addressesAndNames() throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(new Records("2026-03-02", 0)
                    .line("lb1", 7L, "08:00:00", told(POD, "UP", "10.0.0.1:80", "pod.example"))
                    .line("lb1", 7L, "08:01:00", told(POD, "DOWN 1/2", "10.0.0.1:80", "pod.example"))
                    .line(
                            "lb1",
                            7L,
                            "08:02:00",
                            new AddressChange(POD, "IP", "10.0.0.1", "10.0.0.2", "DNS cache", null))
                    .line(
                            "lb1",
                            7L,
                            "08:03:00",
                            new AddressChange(
                                    POD,
                                    "IP",
                                    "10.0.0.2",
                                    "10.0.0.3",
                                    "stats socket command",
                                    AddressChange.COLON + ", port changed from '80' to '8080'"))
                    .line("lb1", 7L, "08:04:00", new AddressChange(POD, "FQDN", "pod.example", "p2.example", "x", null))
                    .line("lb1", 7L, "08:05:00", told(POD, "MAINT", null, "p2.example"))
                    .line("lb1", 7L, "08:00:00", told(PLAIN, "UP", "[2001:db8::1]:443", null))
                    .line("lb1", 7L, "08:06:00", told(PLAIN, "UP", "[2001:db8::1]", null))
                    .line("lb1", 7L, "08:07:00", new AddressChange(PLAIN, "IP", "2001:db8::1", "(none)", "DNS", null))
                    .batch());
            assertThat(Warehouses.table(
                            warehouse,
                            "select server, strftime(from_at, '%H:%M'), strftime(to_at, '%H:%M'), address, port, fqdn from names"
                                    + " order by server desc, from_at"))
                    .containsExactly(
                            "pod1, 08:00, 08:02, 10.0.0.1, 80, pod.example",
                            "pod1, 08:02, 08:03, 10.0.0.2, 80, pod.example",
                            "pod1, 08:03, 08:04, 10.0.0.3, 8080, pod.example",
                            "pod1, 08:04, 08:05, 10.0.0.3, 8080, p2.example",
                            "pod1, 08:05, null, null, null, p2.example",
                            "is, 08:00, 08:06, 2001:db8::1, 443, null",
                            "is, 08:06, 08:07, 2001:db8::1, null, null",
                            "is, 08:07, null, null, null, null");
        }
    }

    @Test
    void whatHaproxyToldOtherwise() throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(new Records("2026-03-02", 0)
                    .state("is/is", "up", "08:00:00", "09:00:00")
                    .state("is/is", "down", "09:00:00", null)
                    .state("web/pod1", "drain", "08:00:00", "08:30:00")
                    .state("web/pod1", "unknown", "08:30:00", null)
                    .line("lb1", 7L, "08:00:03", told(PLAIN, "DOWN", "10.0.0.1:80", null)) // under way
                    .line("lb1", 7L, "08:10:00", told(PLAIN, "UP 1/3", "10.0.0.1:80", null))
                    .line("lb1", 7L, "08:20:00", told(PLAIN, "DOWN", "10.0.0.1:80", null))
                    .line("lb1", 7L, "08:59:57", told(PLAIN, "DOWN", "10.0.0.1:80", null)) // under way
                    .line("lb1", 7L, "09:10:00", told(PLAIN, "MAINT (via a/b)", "10.0.0.1:80", null))
                    .line("lb1", 7L, "08:10:00", told(POD, "UP", "10.0.0.1:80", null)) // a weight
                    .line("lb1", 7L, "08:40:00", told(POD, "DOWN", "10.0.0.1:80", null)) // not known
                    .batch());
            assertThat(Warehouses.table(
                            warehouse,
                            "select strftime(\"at\", '%H:%M'), proxy, server, told, recorded, strftime(recorded_since, '%H:%M')"
                                    + " from differences order by \"at\""))
                    .containsExactly("08:20, is, is, down, up, 08:00", "09:10, is, is, maint, down, 09:00");
        }
    }

    private static ObservedServer told(
            ServerName server, String status, @Nullable String address, @Nullable String fqdn) {
        CheckReason reason = status.startsWith("DOWN") ? new CheckReason(CheckStatus.L4CON, null, null, 3L) : null;
        return new ObservedServer(server, false, Health.UP, status, reason, address, fqdn);
    }
}
