package io.risefall.query.alert.engine;

import io.risefall.query.alert.model.AlertMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Gives an {@link AlertBook} what was recorded, each at its own time, and lets time pass between. Used by one thread. */
public final class AlertReplay {
    private final AlertBook book;
    private final Consumer<AlertMessage> said;
    private final List<TroubleChange> atOnce = new ArrayList<>();
    private Instant at = Instant.MIN;

    /** @param said gets what would have been sent, in order */
    public AlertReplay(AlertBook book, Consumer<AlertMessage> said) {
        this.book = book;
        this.said = said;
    }

    /** The next one: its time is when it ended or else began, and not before that of the one before. */
    public void take(TroubleChange change) {
        Instant next = time(change);
        if (next.isBefore(at)) {
            throw new IllegalArgumentException("what happened at " + next + " comes after what happened at " + at);
        }
        if (next.isAfter(at)) {
            flush();
            passBefore(next);
            at = next;
        }
        atOnce.add(change);
    }

    public static Instant time(TroubleChange change) {
        return change.endedAt() == null ? change.trouble().from() : Objects.requireNonNull(change.endedAt());
    }

    /** Nothing more happens until then. */
    public void until(Instant end) {
        flush();
        passBefore(end);
    }

    private void flush() {
        if (!atOnce.isEmpty()) {
            book.on(atOnce, at).forEach(said);
            atOnce.clear();
        }
    }

    private void passBefore(Instant end) {
        for (Instant due = book.nextDue(); due != null && due.isBefore(end); due = book.nextDue()) {
            book.on(List.of(), due).forEach(said);
        }
    }
}
