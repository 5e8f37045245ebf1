package io.risefall.ingest.line.context;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a source for what its lines lack.
 *
 * @param node the node of all its lines, whatever they name; null: the one they name
 * @param zone zone of timestamps without one
 * @param zoneAssumed whether that zone is not configured: then the zone of a node's other timestamps is preferred
 * @param year the year of timestamps without one; null: the one nearest to their receive time, for a file to its last
 *     change
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

    /** With a configured zone. */
    public LineDefaults(@Nullable String node, ZoneId zone, @Nullable Integer year, Set<String> tags) {
        this(node, zone, false, year, tags);
    }

    /** Only the zone is known. */
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

    /** The same with another node; null: the one the lines name. */
    public LineDefaults withNode(@Nullable String node) {
        return new LineDefaults(node, zone, zoneAssumed, year, tags);
    }

    /** The same with an assumed zone: {@code zone}, unless a node's timestamps name another one. */
    public LineDefaults withAssumedZone(ZoneId zone) {
        return new LineDefaults(node, zone, true, year, tags);
    }
}
