package io.risefall.ingest.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files that are followed: those that are named, and those that match a pattern, which come and go. One thread.
 *
 * <ul>
 *   <li><b>A new file that matches</b> is found within {@link #LOOK} and read from its start, or from where its content
 *       was read under another name: a file renamed within the pattern gives nothing twice.
 *   <li><b>Rotated files</b> ({@code name.1}, {@code name-20261123.gz} beside {@code name}) belong to the file that they
 *       were, and compressed ones are for an import: neither is followed for itself.
 *   <li><b>Two names for one file</b> (a link and its target, hard links): it is read once, under the name under which it
 *       is read already, else under the first by name; one that is named goes before one that matches.
 *   <li><b>A link to nothing</b> is waited for.
 *   <li><b>A file that is gone</b> for {@link #GONE} and was read to its end is let go; its position stays known.
 * </ul>
 */
public final class TailedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TailedFiles.class);

    /** How often patterns are looked at. */
    static final Duration LOOK = Duration.ofSeconds(2);
    /** How long a file of a pattern may be missing before it is no longer followed; longer than any rotation takes. */
    static final Duration GONE = Duration.ofMinutes(1);

    private final List<FilePattern> patterns;
    private final int longestLine;
    private final Clock clock;
    private final KnownFiles known;
    private final List<FileTail> named = new ArrayList<>();
    private final Map<Path, FileTail> matching = new LinkedHashMap<>();
    private final Set<String> logged = new HashSet<>();
    private Instant lookedAt = Instant.MIN;

    /**
     * @param longestLine bytes kept of one line
     * @param known what has been read so far, kept up to date by the caller
     */
    public TailedFiles(
            List<FileSource> files, List<FilePattern> patterns, int longestLine, Clock clock, KnownFiles known) {
        this.patterns = List.copyOf(patterns);
        this.longestLine = longestLine;
        this.clock = clock;
        this.known = known;
        files.forEach(file -> named.add(tail(file)));
    }

    private FileTail tail(FileSource file) {
        FileTail[] self = new FileTail[1];
        self[0] = new FileTail(file, longestLine, clock, known, key -> isReadByAnother(key, self[0]));
        return self[0];
    }

    private boolean isReadByAnother(String key, FileTail tail) {
        return all().anyMatch(other -> other != tail && key.equals(other.key()));
    }

    private Stream<FileTail> all() {
        return Stream.concat(named.stream(), matching.values().stream());
    }

    /** The files to follow from now on. A file no longer among them was read to its end; the caller closes it. */
    public List<FileTail> now() {
        Instant now = clock.instant();
        if (!patterns.isEmpty() && !now.isBefore(lookedAt.plus(LOOK))) {
            lookedAt = now;
            matching.values().removeIf(tail -> tail.isGone(GONE, now));
            patterns.forEach(this::look);
        }
        return all().toList();
    }

    private void look(FilePattern pattern) {
        String glob = pattern.glob();
        try {
            Set<Path> found = pattern.find(directory -> warnOnce(
                    directory + " for " + glob,
                    () -> "cannot look into " + directory + " for " + glob
                            + ": permission denied; run as a user who may read it (group adm on Debian)"));
            for (Path file : found) {
                if (isNew(file, found, glob)) {
                    LOG.info("{} matches {}; following it", file, glob);
                    matching.put(file, tail(new FileSource(file, pattern.lines(), pattern.of())));
                }
            }
            if (found.isEmpty() && logged.add("nothing for " + glob)) {
                LOG.info("no file matches {} yet; looking again every {} s", glob, LOOK.toSeconds());
            }
        } catch (IOException e) {
            warnOnce(
                    "failed " + glob,
                    () -> "cannot look for " + glob + ": " + e + "; looking again every " + LOOK.toSeconds() + " s");
        }
    }

    private boolean isNew(Path file, Set<Path> found, String glob) {
        if (isFollowed(file)) {
            return false;
        }
        Path rotatedFrom = RotatedFiles.rotatedFrom(file);
        if (rotatedFrom != null && (found.contains(rotatedFrom) || isFollowed(rotatedFrom))) {
            return false;
        }
        if (Compression.named(file.getFileName().toString()).isPresent()) {
            if (logged.add("compressed " + glob)) {
                LOG.info(
                        "{} matches {}, but compressed files are not followed; read it with: risefall import",
                        file,
                        glob);
            }
            return false;
        }
        try {
            String key = FileAttributes.keyOf(file);
            return key != null && !isReadUnderAnyName(key);
        } catch (IOException e) {
            warnOnce(
                    "closed " + glob,
                    () -> "cannot read " + file + " and perhaps others that match " + glob + ": "
                            + (e instanceof AccessDeniedException ? "permission denied" : e)
                            + "; run as a user who may read it (group adm on Debian)");
            return false;
        }
    }

    private boolean isFollowed(Path file) {
        return matching.containsKey(file)
                || named.stream().anyMatch(tail -> tail.path().equals(file));
    }

    /** Also true for a file that is about to be opened, or that a tail continues with after a rotation. */
    private boolean isReadUnderAnyName(String key) {
        return all().anyMatch(tail -> key.equals(tail.key()) || key.equals(keyAt(tail.path())));
    }

    private static @Nullable String keyAt(Path path) {
        try {
            return FileAttributes.keyOf(path);
        } catch (IOException e) {
            // The tail that reads it reports why.
            return null;
        }
    }

    private void warnOnce(String what, Supplier<String> text) {
        if (logged.add(what)) {
            LOG.warn(text.get());
        }
    }
}
