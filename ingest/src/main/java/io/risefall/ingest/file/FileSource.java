package io.risefall.ingest.file;

import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.line.header.TagLearner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * A log file to follow or to import.
 *
 * @param path the file; for an import {@code -} is standard input
 * @param lines how to read its lines; where none of the tags occurs they are learnt from the file
 * @param of begins its name: which of several ingesters reads it; empty where there is only one
 */
public record FileSource(Path path, LineDefaults lines, String of) {

    /** Of the only ingester. */
    public FileSource(Path path, LineDefaults lines) {
        this(path, lines, "");
    }

    /** A file of which only the zone is known. */
    public FileSource(Path path, ZoneId zone) {
        this(path, LineDefaults.of(zone));
    }

    /** The same file, read by another ingester. */
    public FileSource of(String ingester) {
        return new FileSource(path, lines, ingester);
    }

    public boolean isStdin() {
        return path.toString().equals("-");
    }

    /** The name of the source, for files. */
    public String name() {
        return of + "file:" + path.toAbsolutePath().normalize();
    }

    /** Short for what was set for reading its lines: node, zone and year. */
    String how() {
        byte[] settings = (lines.node() + "|" + lines.zone() + "|" + lines.year()).getBytes(StandardCharsets.UTF_8);
        return FileFingerprint.hash(settings, settings.length).substring(0, 8);
    }

    /** How to read a file that begins with {@code head}. */
    LineContext context(String name, Instant yearNear, byte[] head) {
        Set<String> learnt = TagLearner.learn(head, head.length, lines.tags());
        return new LineContext(name, learnt.isEmpty() ? lines : lines.withTags(learnt), yearNear);
    }
}
