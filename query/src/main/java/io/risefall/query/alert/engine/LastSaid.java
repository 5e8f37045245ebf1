package io.risefall.query.alert.engine;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an alert said last, and when that is not enough any more: it lasts, flaps, gets worse, larger or better, or was wrong. */
final class LastSaid {
    private final AlertSettings settings;
    private final OpenTroubles open;
    /** Servers that no message has named, by key: since when they are to be. */
    private final Map<String, Instant> unsaid = new LinkedHashMap<>();

    private @Nullable Instant at;
    private @Nullable AlertProblem problem;
    private int servers;
    private int stillOpen;
    private boolean flapping;
    private boolean wrong;
    private @Nullable Instant betterSince;

    LastSaid(AlertSettings settings, OpenTroubles open) {
        this.settings = settings;
        this.open = open;
    }

    /** As it was stored. */
    void restore(StoredAlert stored) {
        unsaid.putAll(stored.unsaid());
        at = stored.saidAt();
        problem = stored.said();
        servers = stored.saidServers();
        stillOpen = stored.stillOpen();
        flapping = stored.flapSaid();
        wrong = stored.amend();
        betterSince = stored.betterSince();
    }

    Map<String, Instant> unsaid() {
        return new LinkedHashMap<>(unsaid);
    }

    @Nullable Instant at() {
        return at;
    }

    /** Null: that all is well, or nothing. */
    @Nullable AlertProblem problem() {
        return problem;
    }

    int servers() {
        return servers;
    }

    /** How often it was said that the alert lasts. */
    int stillOpen() {
        return stillOpen;
    }

    boolean isFlapping() {
        return flapping;
    }

    boolean isWrong() {
        return wrong;
    }

    @Nullable Instant betterSince() {
        return betterSince;
    }

    void lacks(String server, Instant since) {
        unsaid.putIfAbsent(server, since);
    }

    void needs(String server) {
        unsaid.remove(server);
    }

    /** Lines tell otherwise of what was said. */
    void isWrongIf(boolean otherwise) {
        wrong |= otherwise;
    }

    /** Called whenever something begins or ends. */
    void judge(Instant now) {
        boolean better = problem != null && open.problem().compareTo(problem) < 0;
        betterSince = !better ? null : betterSince == null ? now : betterSince;
    }

    /** @param servers that have troubles now */
    void says(Instant now, @Nullable AlertProblem what, int servers) {
        at = now;
        problem = what;
        this.servers = servers;
        betterSince = null;
        wrong = false;
        unsaid.clear();
    }

    void saysWhetherItFlaps(boolean flaps) {
        flapping = flaps;
    }

    void opens() {
        stillOpen = 0;
    }

    void saysThatItLasts(Instant openedAt, Instant now) {
        while (!stillOpenDue(openedAt).isAfter(now)) {
            stillOpen++;
        }
    }

    /**
     * Of an open alert: when more is to be said.
     *
     * @param troubled servers that have troubles now
     */
    Instant due(Instant openedAt, int troubled) {
        Instant due = stillOpenDue(openedAt);
        for (Instant other : new Instant[] {flapDue(), worseDue(), moreDue(troubled), betterDue(), correctionDue()}) {
            due = other != null && other.isBefore(due) ? other : due;
        }
        return due;
    }

    /** Of an open alert: what is to be said when something is due. */
    AlertTransition next(Instant now, int troubled) {
        if (isDue(flapDue(), now)) {
            return AlertTransition.FLAPPING;
        }
        if (isDue(worseDue(), now) || isDue(moreDue(troubled), now) || isDue(betterDue(), now)) {
            return AlertTransition.CHANGED;
        }
        return isCorrectionDue(now) ? AlertTransition.AMENDED : AlertTransition.STILL_OPEN;
    }

    private static boolean isDue(@Nullable Instant due, Instant now) {
        return due != null && !due.isAfter(now);
    }

    boolean isCorrectionDue(Instant now) {
        return isDue(correctionDue(), now);
    }

    /** Null: there is nothing to correct. */
    @Nullable Instant correctionDue() {
        return wrong ? Objects.requireNonNull(at).plus(settings.changeEvery()) : null;
    }

    private Instant stillOpenDue(Instant openedAt) {
        List<Duration> times = settings.stillOpen();
        if (times.isEmpty()) {
            return Instant.MAX;
        }
        Duration last = times.get(times.size() - 1);
        return openedAt.plus(
                stillOpen < times.size() ? times.get(stillOpen) : last.multipliedBy(stillOpen - times.size() + 2L));
    }

    private @Nullable Instant flapDue() {
        Collection<OpenTrouble> flaps = open.of(Kind.FLAPPING);
        return flapping || flaps.isEmpty() ? null : flaps.iterator().next().ripe(settings.hold());
    }

    private @Nullable Instant worseDue() {
        AlertProblem now = open.problem();
        if (problem == null || now.compareTo(problem) <= 0) {
            return null;
        }
        return open.ripe(now == AlertProblem.BACKEND_EMPTY ? Kind.EMPTY : Kind.LOW, settings.hold());
    }

    /** At once if there are twice as many, so that of a thousand servers ten messages speak and not a thousand. */
    private @Nullable Instant moreDue(int troubled) {
        if (unsaid.isEmpty()) {
            return null;
        }
        List<Instant> since = List.copyOf(unsaid.values());
        Instant ripe = since.get(0).plus(settings.hold());
        Instant again = Objects.requireNonNull(at).plus(settings.changeEvery());
        Instant due = ripe.isAfter(again) ? ripe : again;
        int toDouble = Math.max(1, 2 * servers - (troubled - since.size()));
        if (toDouble > since.size()) {
            return due;
        }
        Instant doubled = since.get(toDouble - 1).plus(settings.hold());
        return doubled.isBefore(due) ? doubled : due;
    }

    private @Nullable Instant betterDue() {
        return betterSince == null ? null : betterSince.plus(settings.reopen());
    }
}
