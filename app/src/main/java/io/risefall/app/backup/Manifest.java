package io.risefall.app.backup;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.app.process.CommandException;
import io.risefall.query.file.AtomicFile;
import io.risefall.query.text.PrettyJson;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in a backup: {@code manifest.json}. It is written last, so a backup without one is not complete.
 *
 * @param format of the backup, {@value #FORMAT}
 * @param risefall the version that made it
 * @param madeAt when the last file was copied
 * @param kafka whether the embedded Kafka is in it; an external one has its topics itself
 * @param files all files but this one, in the order of their paths
 */
@JsonPropertyOrder({"format", "risefall", "made_at", "kafka", "files"})
record Manifest(int format, String risefall, Instant madeAt, boolean kafka, List<CopiedFile> files) {
    static final int FORMAT = 1;
    static final String NAME = "manifest.json";

    /**
     * A file of a backup.
     *
     * @param path below the backup, with slashes
     * @param bytes its size
     * @param sha256 of its content, hexadecimal
     */
    @JsonPropertyOrder({"path", "bytes", "sha256"})
    record CopiedFile(String path, long bytes, String sha256) {}

    /** @throws IllegalArgumentException if these cannot be the files of a backup */
    Manifest {
        // Another version's may look otherwise: it is refused for that.
        files = format == FORMAT ? checked(files) : List.of();
    }

    private static List<CopiedFile> checked(@Nullable List<CopiedFile> files) {
        if (files == null) {
            throw new IllegalArgumentException("it names no files");
        }
        Set<String> paths = new HashSet<>();
        for (CopiedFile file : files) {
            String path = file == null ? null : file.path();
            if (path == null || !isBelow(path)) {
                throw new IllegalArgumentException("it names a file that no backup has: " + path);
            }
            if (!paths.add(path)) {
                throw new IllegalArgumentException("it names a file twice: " + path);
            }
        }
        return List.copyOf(files);
    }

    /** Whether it leads from a folder to what is in it, and there is no other way to write it. */
    private static boolean isBelow(String path) {
        try {
            Path file = Path.of(path);
            return !path.isEmpty()
                    && !file.isAbsolute()
                    && !file.startsWith("..")
                    && file.normalize().toString().replace('\\', '/').equals(path);
        } catch (InvalidPathException e) {
            return false; // it has a NUL
        }
    }

    void write(Path backup) throws IOException {
        AtomicFile.write(backup.resolve(NAME), PrettyJson.of(this));
    }

    /** @throws CommandException if there is none, or one that this version cannot read */
    static Manifest read(Path backup) {
        Path file = backup.resolve(NAME);
        Manifest manifest;
        try {
            manifest = PrettyJson.read(Files.readAllBytes(file), Manifest.class);
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    backup + " is not a complete backup: it has no " + NAME + ", which risefall backup writes last", e);
        } catch (IOException e) {
            throw new CommandException("cannot read " + file + ": " + Printable.of(CommandException.reason(e)), e);
        }
        if (manifest.format() != FORMAT) {
            throw new CommandException(
                    file + " has format " + manifest.format() + ", and this version of Risefall reads " + FORMAT
                            + "; the backup was made by Risefall " + Printable.of(String.valueOf(manifest.risefall())));
        }
        return manifest;
    }

    long bytes() {
        return files.stream().mapToLong(CopiedFile::bytes).sum();
    }
}
