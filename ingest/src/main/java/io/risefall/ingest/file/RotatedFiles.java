package io.risefall.ingest.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rotated files of a path, as logrotate and others name them: {@code name.1}, {@code name.2.gz}, {@code
 * name-20261123.zst}, … in the same directory, and for a link also beside its target. If the target is a kubelet's
 * {@code 0.log}, also {@code 1.log} and so on, one for each start of the container.
 */
final class RotatedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RotatedFiles.class);

    /** logrotate's numbers and dates, a kubelet's {@code 20261123-120000}. */
    private static final String ROTATED = "[.-][0-9][0-9TZ_.:-]*?";

    private static final String COMPRESSED = "(\\.(gz|zst|bz2|xz|lz4))?";
    private static final Pattern SUFFIX = Pattern.compile("(.+?)" + ROTATED + COMPRESSED);
    private static final Pattern KUBELET = Pattern.compile("[0-9]+\\.log");
    /** A file can be renamed or compressed while it is looked for; give up after so many attempts. */
    private static final int ATTEMPTS = 5;

    /**
     * A rotated file.
     *
     * @param path its name now
     * @param beginning the fingerprint of its first bytes, by which it is found under another name
     */
    record Rotated(Path path, FileFingerprint beginning) {}

    private final Path path;

    RotatedFiles(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** The path whose rotated file {@code name} is, judged by its name; null if the name is not that of a rotated file. */
    static @Nullable Path rotatedFrom(Path name) {
        Matcher matcher = SUFFIX.matcher(name.getFileName().toString());
        return matcher.matches() ? name.resolveSibling(matcher.group(1)) : null;
    }

    /** The file of {@code fingerprint}, read up to {@code offset}; null if there is none. */
    @Nullable Path find(FileFingerprint fingerprint, long offset) throws IOException {
        return stable(() -> {
                    List<Path> newestFirst = siblings();
                    Collections.reverse(newestFirst);
                    for (Path sibling : newestFirst) {
                        try (OpenFile open = OpenFile.open(sibling)) {
                            if (open.isFileOf(fingerprint, offset)) {
                                return Optional.of(sibling);
                            }
                        } catch (NoSuchFileException e) {
                            throw e;
                        } catch (IOException e) {
                            LOG.info(
                                    "cannot read {}: {}; assuming that it is not the file that was read",
                                    sibling,
                                    e.getMessage());
                        }
                    }
                    return Optional.<Path>empty();
                })
                .orElse(null);
    }

    /** The files with content that were written after {@code done}, oldest first, each content once. */
    List<Rotated> after(Path done) throws IOException {
        return stable(() -> {
            FileTime since = Files.getLastModifiedTime(done);
            List<Path> newer = new ArrayList<>();
            for (Path sibling : siblings()) {
                if (!sibling.equals(done) && Files.getLastModifiedTime(sibling).compareTo(since) > 0) {
                    newer.add(sibling);
                }
            }
            return withContent(newer, Set.of(beginning(done).head()));
        });
    }

    /** Hashes of the first bytes of all rotated files. */
    Set<String> contents() throws IOException {
        Set<String> contents = new HashSet<>();
        except(Set.of()).forEach(one -> contents.add(one.beginning().head()));
        return contents;
    }

    /** The files with content except {@link #contents known} ones, oldest first, each content once. */
    List<Rotated> except(Set<String> known) throws IOException {
        return stable(() -> withContent(siblings(), known));
    }

    private static List<Rotated> withContent(List<Path> files, Set<String> known) throws IOException {
        Set<String> contents = new HashSet<>(known);
        List<Rotated> others = new ArrayList<>();
        for (Path file : files) {
            try {
                FileFingerprint beginning = beginning(file);
                if (beginning.headLength() > 0 && contents.add(beginning.head())) {
                    others.add(new Rotated(file, beginning));
                }
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException e) {
                LOG.warn("cannot read the rotated file {}: {}; skipping it", file, e.getMessage());
            }
        }
        return others;
    }

    private interface Search<T> {
        T run() throws IOException;
    }

    /** Repeats the search if a file was renamed or compressed meanwhile. */
    private static <T> T stable(Search<T> search) throws IOException {
        for (int n = 1; ; n++) {
            try {
                return search.run();
            } catch (NoSuchFileException e) {
                if (n == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static FileFingerprint beginning(Path file) throws IOException {
        try (OpenFile open = OpenFile.open(file)) {
            return FileFingerprint.of(0, "", null, open.head(FileFingerprint.LENGTH), null);
        }
    }

    /** All rotated files, oldest first, without compressed ones whose uncompressed file is still there. */
    private List<Path> siblings() throws IOException {
        Map<Path, FileTime> found = new LinkedHashMap<>();
        addBeside(path, found);
        if (Files.isSymbolicLink(path)) {
            Path target = targetOf(path);
            if (target != null) {
                addBeside(target, found);
            }
        }
        String current = FileAttributes.keyOf(path);
        List<Path> all = new ArrayList<>();
        for (Path one : found.keySet()) {
            boolean beingCompressed = Compression.named(one.getFileName().toString())
                    .map(compression -> found.containsKey(uncompressed(one, compression)))
                    .orElse(false);
            if (!beingCompressed && (current == null || !current.equals(FileAttributes.keyOf(one)))) {
                all.add(one);
            }
        }
        all.sort(Comparator.comparing(found::get));
        return all;
    }

    private static Path uncompressed(Path one, Compression compression) {
        String name = one.getFileName().toString();
        return one.resolveSibling(
                name.substring(0, name.length() - compression.ending().length()));
    }

    /** Where {@code link} leads, even if nothing is there any more; null for a circle of links. */
    private static @Nullable Path targetOf(Path link) throws IOException {
        Path at = link;
        for (int hops = 0; hops < 40; hops++) {
            if (!Files.isSymbolicLink(at)) {
                return at;
            }
            at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
        }
        return null;
    }

    private static void addBeside(Path file, Map<Path, FileTime> found) throws IOException {
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return;
        }
        String name = file.getFileName().toString();
        Pattern names = KUBELET.matcher(name).matches()
                ? Pattern.compile("[0-9]+\\.log(" + ROTATED + COMPRESSED + ")?")
                : Pattern.compile(Pattern.quote(name) + ROTATED + COMPRESSED);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path one : all) {
                if (names.matcher(one.getFileName().toString()).matches() && Files.isRegularFile(one)) {
                    found.put(one, Files.getLastModifiedTime(one));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
