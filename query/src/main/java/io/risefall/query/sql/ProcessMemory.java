package io.risefall.query.sql;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory this process has beside Java's heap, which has a limit of its own. DuckDB keeps sorts, joins and aggregates to
 * its limit, but not single values: {@code range(1000000000)} is one, of 8 GB.
 */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ANONYMOUS = "RssAnon:";

    private ProcessMemory() {}

    /** Bytes that are in memory, in no file, and not Java's heap; 0 where the system does not tell, as outside Linux. */
    static long besideHeap() {
        try {
            long anonymous = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(ANONYMOUS))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
            return Math.max(0, anonymous - heap);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
