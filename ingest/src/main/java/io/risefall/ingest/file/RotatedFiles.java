package io.risefall.ingest.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What logrotate and its like have made of a file: {@code name.1}, {@code name.2.gz}, {@code name-20261123}, … in the
 * same directory.
 */
final class RotatedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RotatedFiles.class);

    private final Path path;
    private final Pattern names;

    RotatedFiles(Path path) {
        this.path = path.toAbsolutePath().normalize();
        this.names =
                Pattern.compile(Pattern.quote(this.path.getFileName().toString()) + "[.-][0-9][0-9TZ_.:-]*(\\.gz)?");
    }

    /** The one that is the file of {@code mark}, read up to {@code offset}; null if there is none. */
    @Nullable Path find(FileMark mark, long offset) throws IOException {
        for (Path sibling : siblings()) {
            try (OpenFile file = OpenFile.open(sibling)) {
                if (file.isFileOf(mark, offset)) {
                    return sibling;
                }
            } catch (IOException e) {
                LOG.debug("cannot look into {}: {}; it is not taken for the file that was read", sibling, e.toString());
            }
        }
        return null;
    }

    /** The one with this key; null if there is none. */
    @Nullable Path withKey(@Nullable String key) throws IOException {
        for (Path sibling : siblings()) {
            if (key != null && key.equals(OpenFile.keyOf(sibling))) {
                return sibling;
            }
        }
        return null;
    }

    /** Those written after {@code done}, the oldest first, each content once. */
    List<Path> after(Path done) throws IOException {
        FileTime since = Files.getLastModifiedTime(done);
        Set<String> contents = new HashSet<>();
        contents.add(content(done));
        List<Path> newer = new ArrayList<>();
        for (Path sibling : siblings()) {
            if (!sibling.equals(done) && Files.getLastModifiedTime(sibling).compareTo(since) > 0) {
                if (contents.add(content(sibling))) {
                    newer.add(sibling);
                }
            }
        }
        return newer;
    }

    private static String content(Path file) throws IOException {
        try (OpenFile open = OpenFile.open(file)) {
            byte[] head = open.head(FileMark.LENGTH);
            return FileMark.hash(head, head.length);
        }
    }

    private List<Path> siblings() throws IOException {
        Path directory = path.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        record Dated(Path path, FileTime time) {}
        List<Dated> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                if (names.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file)) {
                    found.add(new Dated(file, Files.getLastModifiedTime(file)));
                }
            }
        }
        found.sort(Comparator.comparing(Dated::time));
        return found.stream().map(Dated::path).toList();
    }
}
