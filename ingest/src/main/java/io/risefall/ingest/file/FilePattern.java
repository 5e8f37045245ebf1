package io.risefall.ingest.file;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.line.context.LineDefaults;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Log files to follow by a pattern, as {@code /var/log/containers/haproxy-*.log}: those that are there and those that
 * come. As in a shell: {@code *} and {@code ?} do not match {@code /} nor a dot at the start of a name, {@code [a-c]}
 * and {@code {a,b}} are one of several, {@code **} is any number of directories.
 *
 * @param glob the pattern
 * @param lines how to read the lines of each file; where none of the tags occurs they are learnt from the file
 * @param of begins the names of its files, as in {@link FileSource#of}
 */
public record FilePattern(String glob, LineDefaults lines, String of) {

    /** Of the only ingester. */
    public FilePattern(String glob, LineDefaults lines) {
        this(glob, lines, "");
    }

    /** The same pattern, for another ingester. */
    public FilePattern of(String ingester) {
        return new FilePattern(glob, lines, ingester);
    }

    private static final Pattern WILD = Pattern.compile("[*?\\\\\\[{]");
    /** Deeper lies no log; a tree can be bound into itself. */
    private static final int DEEPEST = 16;

    public FilePattern {
        try {
            // Segment by segment, as it is walked: a brace does not reach over a slash.
            Path.of(glob).forEach(segment -> segment.getFileSystem().getPathMatcher("glob:" + segment));
        } catch (PatternSyntaxException e) {
            throw new IngestException("cannot use the pattern " + glob + ": " + e.getDescription(), e);
        }
    }

    /** Whether {@code text} is a pattern and not the name of a file: it has a wildcard, and no such file is there. */
    public static boolean isPattern(String text) {
        return WILD.matcher(text).find() && !Files.exists(Path.of(text));
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    /**
     * The files and links that match now, by name, also links to nothing.
     *
     * @param closed takes the directories that may not be looked into
     */
    public Set<Path> find(Consumer<Path> closed) throws IOException {
        Path absolute = Path.of(glob).toAbsolutePath().normalize();
        Set<Path> found = new TreeSet<>();
        List<Path> rest = new ArrayList<>();
        absolute.forEach(rest::add);
        walk(absolute.getRoot(), rest, found, closed, 0);
        found.removeIf(Files::isDirectory);
        return found;
    }

    private static void walk(Path at, List<Path> rest, Set<Path> found, Consumer<Path> closed, int depth)
            throws IOException {
        if (rest.isEmpty()) {
            found.add(at);
            return;
        }
        String segment = rest.get(0).toString();
        List<Path> further = rest.subList(1, rest.size());
        if (segment.equals("**")) {
            walk(at, further, found, closed, depth);
            if (depth < DEEPEST) {
                for (Path directory : list(at, "*", closed)) {
                    if (Files.isDirectory(directory) && !Files.isSymbolicLink(directory)) {
                        walk(directory, rest, found, closed, depth + 1);
                    }
                }
            }
        } else if (!WILD.matcher(segment).find()) {
            Path next = at.resolve(segment);
            if (further.isEmpty() ? Files.isSymbolicLink(next) || Files.exists(next) : Files.isDirectory(next)) {
                walk(next, further, found, closed, depth);
            } else if (Files.isDirectory(at) && !Files.isExecutable(at)) {
                closed.accept(at);
            }
        } else {
            for (Path next : list(at, segment, closed)) {
                if (further.isEmpty() || Files.isDirectory(next)) {
                    walk(next, further, found, closed, depth);
                }
            }
        }
    }

    private static List<Path> list(Path directory, String segment, Consumer<Path> closed) throws IOException {
        PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + segment);
        List<Path> matching = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path one : all) {
                Path name = one.getFileName();
                if (matcher.matches(name) && (segment.startsWith(".") || !isHidden(name))) {
                    matching.add(one);
                }
            }
        } catch (AccessDeniedException e) {
            closed.accept(directory);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return matching;
    }
}
