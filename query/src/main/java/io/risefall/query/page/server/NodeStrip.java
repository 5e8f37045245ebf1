package io.risefall.query.page.server;

import io.risefall.query.page.PageRange;
import io.risefall.query.page.Strip;
import io.risefall.query.report.render.TimeAxis;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one node saw of a server in a stretch of time.
 *
 * @param marks its states, drawn
 * @param totals how long it was in each state, in words
 */
public record NodeStrip(String node, List<Strip.Mark> marks, String totals) {
    private static final SqlQuery STATES = new SqlQuery("page/server/states.sql");

    private record Span(
            String node,
            String state,
            String cause,
            Instant from,
            @Nullable Instant to) {
        static Span of(SqlQuery.Row row) throws SQLException {
            return new Span(
                    row.text("node"), row.text("state"), row.text("cause"), row.at("from_us"), row.atOrNull("to_us"));
        }
    }

    static List<NodeStrip> read(Connection views, String proxy, String server, PageRange range, ZoneId zone)
            throws SQLException {
        Map<String, List<Span>> byNode = STATES.query(views, Span::of, proxy, server, range.to(), range.from()).stream()
                .collect(Collectors.groupingBy(Span::node, LinkedHashMap::new, Collectors.toList()));
        Strip strip = new Strip(new TimeAxis(range.from(), range.to(), zone), range, zone);
        List<NodeStrip> strips = new ArrayList<>();
        byNode.forEach((node, spans) -> strips.add(of(node, spans, strip, range)));
        return strips;
    }

    private static NodeStrip of(String node, List<Span> spans, Strip strip, PageRange range) {
        Map<String, Long> totals = new LinkedHashMap<>();
        List<Strip.Mark> marks = new ArrayList<>();
        for (Span span : spans) {
            Instant end = span.to == null ? range.to() : span.to;
            marks.add(strip.mark(span.state, span.from, end, span.cause));
            Instant from = span.from.isBefore(range.from()) ? range.from() : span.from;
            Instant to = end.isAfter(range.to()) ? range.to() : end;
            totals.merge(span.state, Duration.between(from, to).toMillis(), Long::sum);
        }
        String words = totals.entrySet().stream()
                .map(state -> state.getKey() + " " + Durations.text(state.getValue()))
                .collect(Collectors.joining(", "));
        return new NodeStrip(node, Strip.drawn(marks), words);
    }
}
