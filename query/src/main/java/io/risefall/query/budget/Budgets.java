package io.risefall.query.budget;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.KnownServer;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/** Reads error budgets from the warehouse's views. */
public final class Budgets {
    private static final SqlQuery BUDGET = new SqlQuery("budget/budget.sql");

    private Budgets() {}

    /**
     * The answer to who has spent it.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @throws QueryException where the log tells nothing of what is asked
     */
    public static AnswerPage of(Connection views, BudgetRequest request) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            ServerTarget target = request.target();
            List<KnownServer> meant = KnownServers.of(views).meant(target);
            List<BudgetRow> rows = rows(views, request);
            if (rows.isEmpty()) {
                throw new QueryException(nothing(request.period(), target, meant));
            }
            int nodes = (int) meant.stream().map(KnownServer::node).distinct().count();
            return new BudgetPage(request, rows, nodes).page();
        }
    }

    static List<BudgetRow> rows(Connection views, BudgetRequest request) throws SQLException {
        return BUDGET.query(
                views,
                BudgetRow::of,
                request.slo().toPlainString(),
                request.period().from(),
                request.period().to(),
                request.target().node(),
                request.target().proxy(),
                request.target().server());
    }

    private static String nothing(BudgetPeriod period, ServerTarget target, List<KnownServer> meant) {
        Instant from = meant.stream()
                .map(KnownServer::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant until = meant.stream()
                .map(KnownServer::until)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        ZoneId zone = period.zone();
        return "the log tells nothing of " + target + " in " + period.words() + ": it goes from "
                + LocalTimes.exact(from, zone) + " to " + LocalTimes.exact(until, zone)
                + "; ask for a month of it, such as --month "
                + BudgetPeriod.monthOf(until, zone);
    }
}
