package io.risefall.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** New warehouses of tests: copies of one whose tables and views were made once, because to make them takes a second. */
public final class Warehouses {
    private static final byte[] EMPTY = empty();

    private Warehouses() {}

    /** As {@link Warehouse#open(Path, ZoneId)}. */
    public static Warehouse open(Path file, ZoneId zone) {
        return open(file, zone, null);
    }

    /** As {@link Warehouse#open(Path, ZoneId, RolePatterns)}. */
    public static Warehouse open(Path file, ZoneId zone, @Nullable RolePatterns roles) {
        try {
            if (!Files.exists(file)) {
                Files.write(file, EMPTY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Warehouse.open(file, zone, roles);
    }

    private static byte[] empty() {
        try {
            Path folder = Files.createTempDirectory("empty-warehouse");
            Path file = folder.resolve("w.duckdb");
            Warehouse.open(file, ZoneOffset.UTC).close();
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
