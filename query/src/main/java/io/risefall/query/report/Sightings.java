package io.risefall.query.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.fleet.SeenBy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who saw one server of the fleet down in the period; only of servers that several nodes know.
 *
 * @param nodes how many know it
 * @param allMs time down for all nodes that had it in service, several of them
 * @param someMs time down for some while it was up for others
 * @param onlyMs time down for one while of no other it is known whether it was up
 * @param someNodes the nodes of {@code someMs}, the longest first
 */
@JsonPropertyOrder({"proxy", "server", "nodes"})
public record Sightings(
        String proxy, String server, int nodes, long allMs, long someMs, long onlyMs, List<String> someNodes) {
    private static final Question SIGHTINGS = new Question("sightings.sql");

    public Sightings {
        someNodes = List.copyOf(someNodes);
    }

    /**
     * Those that some nodes saw down, the longest for some only first.
     *
     * @param role whether a backend has a leader: there a standby is down by design
     */
    static List<Sightings> read(Connection views, Period period, Predicate<String> role) throws SQLException {
        return SIGHTINGS.ask(views, Sightings::server, period.from(), period.to()).stream()
                .filter(server -> !role.test(server.proxy))
                .toList();
    }

    private static Sightings server(Question.Row row) throws SQLException {
        return new Sightings(
                row.text("proxy"),
                row.text("server"),
                row.count("nodes"),
                row.number("all_ms"),
                row.number("some_ms"),
                row.number("only_ms"),
                row.texts("some_nodes"));
    }

    /** The nodes in words; a dash for none. */
    public String someNodesWords() {
        return someNodes.isEmpty() ? "–" : SeenBy.names(someNodes);
    }

    /** As a table of words, for text and Markdown. */
    static DayTables.Table table(DayReport report, DayWords words) {
        return new DayTables.Table(
                "Who saw it down",
                List.of(
                        new DayTables.Column("server", false, 26),
                        new DayTables.Column("load balancers", true, 9),
                        new DayTables.Column("by all", true, 12),
                        new DayTables.Column("by some, up for others", true, 12),
                        new DayTables.Column("by which", false, 20),
                        new DayTables.Column("by one, no other knew", true, 12)),
                report.sightings().stream()
                        .map(server -> List.of(
                                server.proxy + "/" + server.server,
                                String.valueOf(server.nodes),
                                Durations.words(server.allMs),
                                Durations.words(server.someMs),
                                server.someNodesWords(),
                                Durations.words(server.onlyMs)))
                        .toList(),
                words.sightingsNote());
    }
}
