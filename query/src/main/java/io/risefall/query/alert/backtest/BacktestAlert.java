package io.risefall.query.alert.backtest;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An alert that there would have been. Text is as in the log.
 *
 * @param closedAt when its last message was made, if that closed it; null: it is open
 * @param lastedMs from the first begin to the end; so far, if it is open
 * @param problem the worst that a message named
 * @param flapping whether a server flapped
 * @param servers most servers that a message named
 * @param messages in order
 */
public record BacktestAlert(
        String alertId,
        Instant startedAt,
        Instant openedAt,
        @Nullable Instant closedAt,
        long lastedMs,
        String problem,
        String severity,
        boolean flapping,
        int servers,
        int nodes,
        @Nullable String incidentId,
        List<Said> messages) {
    public BacktestAlert {
        messages = List.copyOf(messages);
    }

    /** A message in short. */
    public record Said(Instant at, AlertTransition transition, String title) {
        static Said of(AlertMessage message) {
            return new Said(message.at(), message.transition(), message.title());
        }
    }

    static BacktestAlert of(AlertMessage message) {
        return new BacktestAlert(
                message.alertId(),
                message.startedAt(),
                message.at(),
                null,
                0,
                message.problem().word(),
                message.severity().name().toLowerCase(Locale.ROOT),
                message.flapping(),
                message.servers().size(),
                message.nodes().size(),
                message.incidentId(),
                List.of(Said.of(message)));
    }

    BacktestAlert with(AlertMessage message) {
        List<Said> all = new ArrayList<>(messages);
        all.add(Said.of(message));
        BacktestAlert now = of(message);
        return new BacktestAlert(
                alertId,
                now.startedAt,
                openedAt,
                message.isOver() ? message.at() : null,
                message.endedAt() == null ? 0 : between(now.startedAt, message.endedAt()),
                message.isOver() || now.severity.equals("critical") ? now.problem : problem,
                severity.equals("critical") ? severity : now.severity,
                flapping || now.flapping,
                Math.max(servers, now.servers),
                Math.max(nodes, now.nodes),
                now.incidentId == null ? incidentId : now.incidentId,
                all);
    }

    /** As of the end of the past. */
    BacktestAlert until(Instant end) {
        return closedAt != null
                ? this
                : new BacktestAlert(
                        alertId,
                        startedAt,
                        openedAt,
                        null,
                        between(startedAt, end),
                        problem,
                        severity,
                        flapping,
                        servers,
                        nodes,
                        incidentId,
                        messages);
    }

    /** The sentence that tells most: the last one before it was over. */
    String title() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).transition() != AlertTransition.CLOSED
                    && messages.get(i).transition() != AlertTransition.STILL_OPEN) {
                return messages.get(i).title();
            }
        }
        return messages.get(0).title();
    }

    private static long between(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
