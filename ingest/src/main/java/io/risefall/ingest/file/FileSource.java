package io.risefall.ingest.file;

import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.line.LineContext;
import io.risefall.ingest.line.TagLearner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log file to follow or to import.
 *
 * @param path the file; for an import {@code -} is standard input
 * @param node the node of all its lines whatever they say; null: as they say
 * @param zone zone of stamps that have none
 * @param year the year of stamps that have none; null: the one that brings them nearest to the file's last change
 * @param tags the syslog tags that are HAProxy's; where none of them occurs they are learnt from the file
 */
public record FileSource(
        Path path,
        @Nullable String node,
        ZoneId zone,
        @Nullable Integer year,
        Set<String> tags) {
    public FileSource {
        tags = tags.isEmpty() ? IngestSettings.DEFAULT_TAGS : Set.copyOf(tags);
    }

    /** A file with HAProxy's usual tag. */
    public FileSource(Path path, ZoneId zone) {
        this(path, null, zone, null, IngestSettings.DEFAULT_TAGS);
    }

    public boolean isStdin() {
        return path.toString().equals("-");
    }

    /** The name of the source, for files. */
    public String name() {
        return "file:" + path.toAbsolutePath().normalize();
    }

    /** Short for what was set for reading its lines: node, zone and year. */
    String how() {
        byte[] said = (node + "|" + zone + "|" + year).getBytes(StandardCharsets.UTF_8);
        return FileMark.hash(said, said.length).substring(0, 8);
    }

    /** How to read a file that begins with {@code head}. */
    LineContext context(String name, Instant yearNear, byte[] head) {
        Set<String> learnt = TagLearner.learn(head, head.length, tags);
        return new LineContext(name, node, zone, yearNear, year, learnt.isEmpty() ? tags : learnt);
    }
}
