package io.risefall.ingest.line.context;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of one source do not say and its user knows.
 *
 * @param node the node of all its lines whatever they say; null: as they say
 * @param zone zone of timestamps that have none
 * @param zoneAssumed whether nobody said that zone: then that of a node's other timestamps goes before it
 * @param year the year of timestamps that have none; null: the one that brings them nearest to when they came, for a file to
 *     its last change
 * @param tags the syslog tags that are HAProxy's; compared exactly
 */
public record LineDefaults(
        @Nullable String node,
        ZoneId zone,
        boolean zoneAssumed,
        @Nullable Integer year,
        Set<String> tags) {

    /** HAProxy's own default of {@code log-tag}. */
    static final Set<String> DEFAULT_TAGS = Set.of("haproxy");

    public LineDefaults {
        tags = tags.isEmpty() ? DEFAULT_TAGS : Set.copyOf(tags);
    }

    /** With a zone that somebody said. */
    public LineDefaults(@Nullable String node, ZoneId zone, @Nullable Integer year, Set<String> tags) {
        this(node, zone, false, year, tags);
    }

    /** Nothing known but the zone. */
    public static LineDefaults of(ZoneId zone) {
        return new LineDefaults(null, zone, null, DEFAULT_TAGS);
    }

    /** The same with other tags. */
    public LineDefaults withTags(Set<String> tags) {
        return new LineDefaults(node, zone, zoneAssumed, year, tags);
    }

    /** The same with another year; null: the nearest. */
    public LineDefaults withYear(@Nullable Integer year) {
        return new LineDefaults(node, zone, zoneAssumed, year, tags);
    }

    /** The same with another node; null: as the lines say. */
    public LineDefaults withNode(@Nullable String node) {
        return new LineDefaults(node, zone, zoneAssumed, year, tags);
    }

    /** The same where nobody said the zone: it is {@code zone} until a node's timestamps say another one. */
    public LineDefaults withAssumedZone(ZoneId zone) {
        return new LineDefaults(node, zone, true, year, tags);
    }
}
