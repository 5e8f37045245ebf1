package io.risefall.query.alert.backtest;

import io.risefall.query.alert.engine.AlertBook;
import io.risefall.query.alert.engine.AlertReplay;
import io.risefall.query.alert.engine.Trouble;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs the engine of alerts over the recorded past. Lives for one answer, in one thread. */
public final class Backtests {
    private static final SqlQuery LINES = new SqlQuery("alert/lines.sql");

    private final BacktestRequest request;
    private final Map<String, BacktestAlert> alerts = new LinkedHashMap<>();
    private final Map<String, Long> messages = new TreeMap<>();
    private final Map<LocalDate, BacktestDay> days = new TreeMap<>();
    private long outages;

    private Backtests(BacktestRequest request) {
        this.request = request;
    }

    /**
     * The answer to what would have been sent.
     *
     * @param views a connection that sees the warehouse's views; only read
     */
    public static AnswerPage of(Connection views, BacktestRequest request) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            return new Backtests(request).page(views);
        }
    }

    private record Lines(long downs, long ups) {}

    private AnswerPage page(Connection views) throws SQLException {
        Instant from = request.since().at();
        Instant to = request.now();
        AlertReplay replay = new AlertReplay(new AlertBook(request.settings(), List.of()), this::said);
        new RecordedTroubles(views, request.settings()).each(from, to, change -> {
            if (change.endedAt() == null && change.trouble().kind() == Trouble.Kind.DOWN) {
                outages++;
                day(change.trouble().from(), 1, 0, 0);
            }
            replay.take(change);
        });
        replay.until(to);
        Lines lines = LINES.query(views, row -> new Lines(row.number("downs"), row.number("ups")), from, to)
                .get(0);
        List<BacktestAlert> all = new ArrayList<>();
        alerts.values().forEach(alert -> all.add(alert.until(to)));
        return new BacktestPage(request, all, messages, List.copyOf(days.values()), lines.downs(), lines.ups(), outages)
                .page();
    }

    private void said(AlertMessage message) {
        BacktestAlert known = alerts.get(message.alertId());
        alerts.put(message.alertId(), known == null ? BacktestAlert.of(message) : known.with(message));
        messages.merge(message.transition().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
        day(message.at(), 0, known == null ? 1 : 0, 1);
    }

    private void day(Instant at, long begun, long opened, long said) {
        LocalDate day = LocalDate.ofInstant(at, request.zone());
        BacktestDay known = days.getOrDefault(day, new BacktestDay(day, 0, 0, 0));
        days.put(day, new BacktestDay(day, known.outages() + begun, known.opened() + opened, known.messages() + said));
    }
}
