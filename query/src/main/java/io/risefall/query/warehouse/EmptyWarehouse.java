package io.risefall.query.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A warehouse without rows, which the build makes once beside the jars: its tables and views take DuckDB a second to make. A new
 * warehouse begins as its copy. Where there is none it is made as usual; the same happens to a copy whose tables and views are not
 * those of this build.
 */
public final class EmptyWarehouse {
    private static final Logger LOG = LoggerFactory.getLogger(EmptyWarehouse.class);

    private static final String NAME = "empty.duckdb";

    private EmptyWarehouse() {}

    /** Called by the build. Argument: the folder of the jars. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).resolve(NAME);
        Files.deleteIfExists(file);
        Warehouse.open(file, ZoneOffset.UTC).close();
    }

    /** Makes a warehouse that is not there yet, all of it or nothing. */
    static void copyTo(Path file) {
        Path made = made();
        if (made != null && Files.exists(made) && !Files.exists(file)) {
            copy(made, file);
        }
    }

    static void copy(Path made, Path file) {
        Path copy = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            try (InputStream in = Files.newInputStream(made)) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            try (FileChannel written = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            // Unlike a rename, it fails if another process has made one meanwhile.
            Files.createLink(file, copy);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("cannot copy {}; the warehouse is made anew", made, e);
        } finally {
            delete(copy);
        }
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.debug("cannot delete {}", copy, e);
        }
    }

    private static @Nullable Path made() {
        CodeSource source = EmptyWarehouse.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI()).resolveSibling(NAME);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
