package io.risefall.query.page.timeline;

import io.risefall.query.page.Links;
import io.risefall.query.page.PageRange;
import io.risefall.query.page.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the timeline: a range of time, and which servers.
 *
 * @param backend one backend, with all of its servers; empty: all, with the worst of theirs
 * @param node what this HAProxy host saw; empty: what all did
 * @param match a part of {@code PROXY/SERVER}, or a pattern with {@code *} and {@code ?} for all of it; empty: all
 * @param skip so many of the worst are on earlier pages
 * @param zone that was asked for; empty: none was
 */
public record TimelineQuestion(PageRange range, String backend, String node, String match, int skip, String zone) {
    private static final String USUAL = "1d";
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final int MOST_SKIPPED = 1_000_000;

    static TimelineQuestion of(Visit visit) {
        Map<String, String> asked = visit.request().parameters();
        PageRange range = PageRange.of(visit, USUAL);
        if (length(range).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a timeline has at most a year; choose from and to closer to each other");
        }
        return new TimelineQuestion(
                range,
                text(asked, "backend"),
                text(asked, "node"),
                text(asked, "match"),
                skip(text(asked, "skip")),
                text(asked, "zone"));
    }

    private static String text(Map<String, String> asked, String name) {
        return asked.getOrDefault(name, "").strip();
    }

    private static int skip(String text) {
        if (!text.matches("\\d{0,7}")) {
            throw new IllegalArgumentException("skip is how many are on earlier pages, not '" + text + "'");
        }
        return text.isEmpty() ? 0 : Math.min(MOST_SKIPPED, Integer.parseInt(text));
    }

    private static Duration length(PageRange range) {
        return Duration.between(range.from(), range.to());
    }

    /** As DuckDB's GLOB has it, where a bracket and a backslash would mean more than themselves; null: all. */
    @Nullable String glob() {
        if (match.isEmpty()) {
            return null;
        }
        String quoted = match.replace("\\", "\\\\").replace("[", "[[]");
        return match.contains("*") || match.contains("?") ? quoted : "*" + quoted + "*";
    }

    /** The same servers at another time: an address. */
    public String at(Instant from, Instant to) {
        return "/timeline?from=" + from + "&to=" + to + filter();
    }

    /** This range with another page of the worst. */
    public String page(int skipped) {
        return "/timeline?" + range.query() + filter() + "&skip=" + skipped;
    }

    /** All servers of one backend in this range. */
    public String only(String proxy) {
        return new TimelineQuestion(range, proxy, node, "", 0, zone).page();
    }

    private String page() {
        return "/timeline?" + range.query() + filter();
    }

    /** This range as another page is asked for it. */
    public String elsewhere() {
        return "?" + range.query() + part("zone", zone);
    }

    /** Which servers: the end of an address. */
    public String filter() {
        return part("backend", backend) + part("node", node) + part("match", match) + part("zone", zone);
    }

    private static String part(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + Links.ALL.part(value);
    }

    /** Half of the time around the middle; empty where it would be too short. */
    public String in() {
        Duration quarter = length(range).dividedBy(4);
        return quarter.multipliedBy(2).compareTo(SHORTEST) < 0
                ? ""
                : at(whole(range.from().plus(quarter)), whole(range.to().minus(quarter)));
    }

    /** Twice the time, but nothing of the future; empty where it would be too long. */
    public String out(Instant now) {
        Duration length = length(range);
        if (length.multipliedBy(2).compareTo(LONGEST) > 0) {
            return "";
        }
        Instant to = earlier(range.to().plus(length.dividedBy(2)), now);
        return at(whole(to.minus(length.multipliedBy(2))), whole(to));
    }

    public String before() {
        return at(whole(range.from().minus(length(range))), whole(range.from()));
    }

    /** Empty where that is the future. */
    public String after(Instant now) {
        Instant to = whole(earlier(range.to().plus(length(range)), now));
        return range.to().plus(SHORTEST).isAfter(to) ? "" : at(whole(to.minus(length(range))), to);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant whole(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
