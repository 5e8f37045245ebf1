package io.risefall.app.backup;

import io.risefall.query.warehouse.facts.PastDays;
import java.nio.file.Path;
import java.util.Set;

/** Which files of a data directory a backup has. What a start makes again is not copied, and not restored either: it could be anybody's. */
final class BackedUp {
    /** Folders and files of a data directory that a start makes again. */
    private static final Set<String> NOT_COPIED = Set.of(
            "streams",
            "logs",
            "alive",
            "service.json",
            PastDays.FILE,
            PastDays.FILE + ".wal",
            PastDays.FILE + ".damaged");

    /**
     * Files in its folders that tell of the processes which work there now, and how the last ones ended: a restored broker looks through
     * its segments and for transactions that hang, as after a kill.
     */
    private static final Set<String> PROCESSES = Set.of("lock", "pid", ".kafka_cleanshutdown");

    private BackedUp() {}

    /**
     * Whether a backup has it.
     *
     * @param file relative to the data directory, normalized
     */
    static boolean has(Path file) {
        return isData(file) && (!WarehouseCopy.has(file) || WarehouseCopy.isWhole(file));
    }

    /** Whether it is data: also the log of the warehouse, which a backup has in the warehouse itself. */
    static boolean isData(Path file) {
        String name = file.getFileName().toString();
        return !NOT_COPIED.contains(file.getName(0).toString())
                && !PROCESSES.contains(name)
                && !name.endsWith(".lock")
                && !name.endsWith(".tmp")
                && !name.endsWith(".new");
    }
}
