package io.risefall.ingest.line;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a line does not say and its source knows.
 *
 * @param source the source's name, for {@link io.risefall.schemas.Origin}
 * @param node the node whatever the line says; null: as the line says
 * @param zone zone of stamps that have none
 * @param yearNear stamps without a year take the year that brings them nearest to this moment: the time of receipt, or
 *     a file's last change; a reader that follows its source for months moves on with the lines that it reads
 * @param year the year whatever is nearest; null: nearest
 * @param tags the syslog tags that are HAProxy's; compared exactly
 */
public record LineContext(
        String source,
        @Nullable String node,
        ZoneId zone,
        Instant yearNear,
        @Nullable Integer year,
        Set<String> tags) {
    public LineContext {
        tags = Set.copyOf(tags);
    }
}
