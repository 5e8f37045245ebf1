package io.risefall.app.backup;

import io.risefall.app.process.CommandException;
import io.risefall.query.warehouse.WarehouseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Copies the warehouse while a service has it open. DuckDB's file and its write-ahead log are one state as long as nobody writes: so
 * it copies them and looks whether anything has changed meanwhile. While the broker pauses, nothing does for long.
 */
final class WarehouseCopy {
    private static final String NAME = "warehouse.duckdb";

    /** The clock of files is coarser than a write takes: a change in the same tick could not be seen. */
    private static final Duration TICK = Duration.ofMillis(50);

    private static final int ATTEMPTS = 100;

    private WarehouseCopy() {}

    /** Whether a path in a data directory is of the warehouse. */
    static boolean has(Path relative) {
        return relative.getNameCount() == 1 && relative.toString().startsWith(NAME);
    }

    /** Whether it is what {@link #copy} makes: the warehouse with its log in it. */
    static boolean isWhole(Path relative) {
        return relative.equals(Path.of(NAME));
    }

    /**
     * Copies it, puts the log into the copied file, and thereby shows that it can be opened.
     *
     * @throws CommandException if it was written to all the time
     */
    static void copy(Path data, Path backup, CopiedFolder folder) throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            List<FileState> before = states(data);
            if (before.isEmpty()) {
                return;
            }
            Thread.sleep(TICK.toMillis());
            for (FileState state : before) {
                Files.copy(data.resolve(state.name()), backup.resolve(state.name()));
            }
            if (states(data).equals(before)) {
                WarehouseFile.settle(backup.resolve(NAME));
                folder.add(Path.of(NAME));
                return;
            }
            for (FileState state : before) {
                Files.delete(backup.resolve(state.name()));
            }
        }
        throw new CommandException(
                "the warehouse in " + data + " is written to without a pause as long as a copy takes; "
                        + "stop risefall serve for the backup, or back up when fewer lines come");
    }

    private static List<FileState> states(Path data) throws IOException {
        List<FileState> states = new ArrayList<>();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file :
                    files.filter(one -> has(one.getFileName())).sorted().toList()) {
                states.add(new FileState(
                        file.getFileName().toString(),
                        Files.size(file),
                        Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS)));
            }
        }
        return states;
    }

    private record FileState(String name, long bytes, long changedNanos) {}
}
