package io.risefall.query.http.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** By what a file is seen to be another, though it has the same name; of a link, the file to which it leads. */
record FileVersion(FileTime changed, long bytes, @Nullable Object key) {
    static FileVersion of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileVersion(now.lastModifiedTime(), now.size(), now.fileKey());
    }
}
