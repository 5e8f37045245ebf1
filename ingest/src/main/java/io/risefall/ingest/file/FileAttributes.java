package io.risefall.ingest.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file's attributes at one moment.
 *
 * @param key identifies the file in its file system (the inode, where there is one); renaming does not change it
 * @param bytes its size, compressed or not
 * @param modified its last change
 */
record FileAttributes(String key, long bytes, Instant modified) {

    /** The attributes of the file at {@code path}, or of a link's target; null if nothing is there. */
    static @Nullable FileAttributes of(Path path) throws IOException {
        try {
            return of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    static FileAttributes of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileAttributes(
                key == null ? "created=" + attributes.creationTime().toMillis() : key.toString(),
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    /** The key of the file at {@code path}; null if nothing is there. */
    static @Nullable String keyOf(Path path) throws IOException {
        FileAttributes now = of(path);
        return now == null ? null : now.key();
    }
}
