package io.risefall.query.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * How often one server lost lives in the period and recovered before it went DOWN.
 *
 * @param nearMisses how often
 * @param becameOutages how many were followed by an outage within an hour
 * @param lowest the fewest lives that were left
 * @param threshold of how many, then
 * @param reason HAProxy's short code of the latest
 * @param lastAt when the latest began
 */
@JsonPropertyOrder({"node", "proxy", "server", "near_misses", "became_outages"})
public record NearMisses(
        String node,
        String proxy,
        String server,
        int nearMisses,
        int becameOutages,
        int lowest,
        int threshold,
        String reason,
        Instant lastAt) {
    private static final Question NEAR_MISSES = new Question("near_misses.sql");

    /** {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    /** Each server that has any, the most first. */
    static List<NearMisses> read(Connection views, Period period) throws SQLException {
        return NEAR_MISSES.ask(views, NearMisses::server, period.from(), period.to());
    }

    private static NearMisses server(Question.Row row) throws SQLException {
        return new NearMisses(
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                row.count("near_misses"),
                row.count("became_outages"),
                row.count("lowest"),
                row.count("threshold"),
                row.text("reason"),
                row.at("last_us"));
    }

    /** As a table of words, for text and Markdown. */
    static DayTables.Table table(DayReport report, DayWords words) {
        return new DayTables.Table(
                "Near misses: servers that lost lives and recovered",
                List.of(
                        new DayTables.Column("server", false, 30),
                        new DayTables.Column("how often", true, 9),
                        new DayTables.Column("then DOWN within 1 h", true, 12),
                        new DayTables.Column("fewest lives", true, 12),
                        new DayTables.Column("latest", false, 19),
                        new DayTables.Column("reason", false, 8)),
                report.nearMisses().stream()
                        .map(server -> List.of(
                                words.server(server.node(), server.name()),
                                String.valueOf(server.nearMisses()),
                                String.valueOf(server.becameOutages()),
                                server.lowest() + " of " + server.threshold(),
                                words.times().at(server.lastAt()),
                                server.reason()))
                        .toList(),
                "");
    }
}
