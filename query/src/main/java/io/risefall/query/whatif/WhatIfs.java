package io.risefall.query.whatif;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads check lines and outages from the warehouse, and replays them with other values. */
public final class WhatIfs {
    private static final SqlQuery LINES = new SqlQuery("whatif/lines.sql");
    private static final SqlQuery OUTAGES = new SqlQuery("whatif/outages.sql");
    private static final SqlQuery BREAKS = new SqlQuery("whatif/breaks.sql");

    /** What was before the first outage decides in which state it began. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private WhatIfs() {}

    /** A server as one node knows it. */
    record Key(String node, String proxy, String server) {
        static Key of(SqlQuery.Row row) throws SQLException {
            return new Key(row.text("node"), row.text("proxy"), row.text("server"));
        }
    }

    private record Of<T>(Key key, T what) {}

    /**
     * The answer to what other values would have changed.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @throws QueryException where the log tells nothing of what is asked
     */
    public static AnswerPage of(Connection views, WhatIfRequest request) throws SQLException {
        List<Prediction> predictions;
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            predictions = predictions(views, request);
        }
        return new WhatIfPage(request, predictions).page();
    }

    static List<Prediction> predictions(Connection views, WhatIfRequest request) throws SQLException {
        Map<String, Instant> until = until(views, request.target());
        Instant from = request.since().at();
        Map<Key, List<LoggedOutage>> outages = grouped(
                OUTAGES.query(views, row -> new Of<>(Key.of(row), LoggedOutage.of(row)), parameters(request, from)));
        Map<Key, List<Segments.Break>> breaks = grouped(BREAKS.query(
                views, row -> new Of<>(Key.of(row), Segments.Break.of(row)), from.minus(BEFORE), request.now()));
        ServerReplays replays = new ServerReplays(request, until, outages, breaks);
        LINES.query(
                views, row -> replays.add(Key.of(row), LoggedCheck.of(row)), parameters(request, from.minus(BEFORE)));
        List<Prediction> predictions = replays.predictions();
        return new Followers(
                        predictions,
                        outages.values().stream().flatMap(List::stream).toList())
                .resolved().stream()
                        .sorted(Comparator.comparing(Prediction::startedAt).thenComparing(Prediction::name))
                        .toList();
    }

    private static @Nullable Object[] parameters(WhatIfRequest request, Instant from) {
        ServerTarget target = request.target();
        return new @Nullable Object[] {from, request.now(), target.proxy(), target.server(), target.node()};
    }

    private static <T> Map<Key, List<T>> grouped(List<Of<T>> rows) {
        Map<Key, List<T>> groups = new LinkedHashMap<>();
        rows.forEach(
                row -> groups.computeIfAbsent(row.key, any -> new ArrayList<>()).add(row.what));
        return groups;
    }

    /** Until when the log of each node tells; refuses a server that is not in it. */
    private static Map<String, Instant> until(Connection views, ServerTarget target) throws SQLException {
        KnownServers known = KnownServers.of(views);
        known.meant(target);
        Map<String, Instant> until = new TreeMap<>();
        known.all().forEach(server -> until.put(server.node(), server.until()));
        return until;
    }
}
