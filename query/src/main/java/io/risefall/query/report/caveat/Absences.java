package io.risefall.query.report.caveat;

import static io.risefall.query.text.Counts.grouped;
import static io.risefall.query.text.Counts.plural;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.Verdict;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When Risefall was away, and what that leaves doubtful.
 *
 * @param away within the day or period
 * @param unconfirmed servers of which no line has told since, when it ended
 */
public record Absences(List<Away> away, List<UnconfirmedServer> unconfirmed) {
    private static final SqlQuery ABSENCES = new SqlQuery("report/absences.sql");
    private static final SqlQuery DOUBTS = new SqlQuery("report/doubts.sql");
    /** A list that is longer is looked at in the warehouse. */
    private static final int LISTED = 5;

    /** A time in which a source was not listened to. */
    record Away(String source, Instant from, Instant to, long ms, String why, String nodes, long nodeCount) {
        private String words(LocalTimes times) {
            String more = nodeCount > 3 ? " and " + grouped(nodeCount - 3) + " more" : "";
            return "Risefall itself did not listen to " + source + " from " + times.at(from) + " to " + times.at(to)
                    + " ("
                    + Durations.text(ms) + "; " + why + "): what "
                    + (nodeCount == 0 ? "was logged there" : nodes + more + " logged there") + " meanwhile is lost.";
        }
    }

    /** A server of which no line has told since. */
    record UnconfirmedServer(String node, String proxy, String server, String state, Instant from, Instant until) {
        private boolean isDown() {
            return state.equals("down");
        }

        private String name() {
            return proxy + "/" + server + " on " + node;
        }
    }

    public static Absences read(Connection views, Period period, DayRequest request) throws SQLException {
        return new Absences(
                ABSENCES.query(
                        views,
                        row -> new Away(
                                row.text("source"),
                                row.at("from_us"),
                                row.at("to_us"),
                                row.number("ms"),
                                row.text("why"),
                                Objects.requireNonNullElse(row.textOrNull("nodes"), ""),
                                row.number("node_count")),
                        period.from(),
                        period.to()),
                DOUBTS
                        .query(
                                views,
                                row -> new UnconfirmedServer(
                                        row.text("node"),
                                        row.text("proxy"),
                                        row.text("server"),
                                        row.text("state"),
                                        row.at("from_us"),
                                        row.at("until_us")),
                                period.from(),
                                period.to())
                        .stream()
                        .filter(server -> request.includes(server.node))
                        .toList());
    }

    /** Sentences, each only where it is true. */
    List<String> words(LocalTimes times, String during) {
        List<String> words = new ArrayList<>();
        away.stream().limit(LISTED).map(one -> one.words(times)).forEach(words::add);
        if (away.size() > LISTED) {
            words.add("Risefall was away " + grouped((long) away.size() - LISTED) + " more times " + during
                    + ": see the view absences.");
        }
        if (!unconfirmed.isEmpty()) {
            words.add("No line has named " + plural(unconfirmed.size(), "server") + " since then ("
                    + names(unconfirmed.stream())
                    + "): " + (unconfirmed.size() == 1 ? "it is" : "they are") + " assumed unchanged, but that"
                    + " is uncertain; the availability bounds allow for the opposite. The next line"
                    + " about each server settles it.");
        }
        return words;
    }

    /** The verdict, honest of servers that are DOWN only as far as anybody knows. */
    public Verdict with(Verdict verdict, LocalTimes times) {
        List<UnconfirmedServer> down =
                unconfirmed.stream().filter(UnconfirmedServer::isDown).toList();
        if (down.isEmpty()) {
            return verdict;
        }
        String since = down.stream().map(UnconfirmedServer::from).distinct().count() > 1
                ? "Risefall was away since"
                : "Risefall was away from " + times.at(down.get(0).from()) + " to "
                        + times.at(down.get(0).until());
        String sentence = names(down.stream()) + (down.size() == 1 ? " was" : " were")
                + " DOWN at the last line and may be up again: " + since + ", and no line has shown the state since.";
        return new Verdict(
                verdict.level(),
                verdict.sentence(),
                verdict.more().isEmpty() ? sentence : sentence + " " + verdict.more());
    }

    private static String names(Stream<UnconfirmedServer> servers) {
        List<String> names = servers.map(UnconfirmedServer::name).toList();
        String some = names.stream().limit(3).collect(Collectors.joining(", "));
        return names.size() <= 3 ? some : some + " and " + grouped(names.size() - 3L) + " more";
    }
}
