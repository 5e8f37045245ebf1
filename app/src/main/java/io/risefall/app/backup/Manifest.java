package io.risefall.app.backup;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.app.process.CommandException;
import io.risefall.query.text.PrettyJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

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

    Manifest {
        files = List.copyOf(files);
    }

    void write(Path backup) throws IOException {
        Files.write(backup.resolve(NAME), PrettyJson.of(this).getBytes(StandardCharsets.UTF_8));
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
            throw new CommandException("cannot read " + file + ": " + CommandException.reason(e), e);
        }
        if (manifest.format() != FORMAT) {
            throw new CommandException(
                    file + " has format " + manifest.format() + ", and this version of Risefall reads " + FORMAT
                            + "; the backup was made by Risefall " + manifest.risefall());
        }
        return manifest;
    }

    long bytes() {
        return files.stream().mapToLong(CopiedFile::bytes).sum();
    }
}
