package io.risefall.query.alert.engine;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All alerts that may still speak. Decides from what is wrong in the fleet and the time alone: no clock, no SQL, no threads, so what
 * was recorded gives the messages that would have been sent. Used by one thread. What it decided is not undone: if it cannot be
 * stored, make a new one from what is stored.
 */
public final class AlertBook {
    private final AlertSettings settings;
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Alert> byServer = new HashMap<>();
    /** By kind and id. */
    private final Map<String, Alert> byTrouble = new HashMap<>();

    private final Map<String, OpenTrouble> known = new HashMap<>();
    /** Backends without servers, of which no server is DOWN: maintenance, as long as that is so. */
    private final Map<String, OpenTrouble> planned = new LinkedHashMap<>();

    private final Set<Alert> touched = new LinkedHashSet<>();
    /** Those of them whose row must not wait: what they have said or done cannot be found out again. */
    private final Set<Alert> moved = new LinkedHashSet<>();

    /** @param stored those that are not gone, in any order */
    public AlertBook(AlertSettings settings, Collection<StoredAlert> stored) {
        this.settings = settings;
        stored.stream()
                .filter(alert -> !alert.gone())
                .sorted(Comparator.comparing(StoredAlert::startedAt).thenComparing(StoredAlert::id))
                .forEach(alert -> add(new Alert(alert, settings)));
    }

    private void add(Alert alert) {
        alerts.put(alert.id, alert);
        if (!alert.isPast()) {
            alert.servers().forEach(server -> byServer.put(server, alert));
        }
        for (Trouble.Kind kind : Trouble.Kind.values()) {
            alert.open(kind).forEach(open -> know(open, alert));
        }
    }

    private void know(OpenTrouble open, Alert alert) {
        String key = key(open.trouble());
        byTrouble.put(key, alert);
        known.put(key, open);
    }

    private static String key(Trouble trouble) {
        return trouble.kind() + " " + trouble.id();
    }

    /** What lasts, as far as it is part of an alert. */
    public Collection<Trouble> troubles() {
        return known.values().stream().map(OpenTrouble::trouble).toList();
    }

    /** Outages of alerts that people know of, as they were when they ended. */
    public Collection<TroubleChange> settled() {
        List<TroubleChange> settled = new ArrayList<>();
        alerts.values().stream().filter(Alert::wasSaid).forEach(alert -> settled.addAll(alert.settled()));
        return settled;
    }

    /**
     * Takes what late lines tell of {@link #settled}; the next {@link #on} says what follows.
     *
     * @param now as there
     */
    public void correct(Collection<Correction> corrections, Instant now) {
        for (Correction correction : corrections) {
            for (Alert alert : alerts.values()) {
                if (alert.hasSettled(correction.outage())) {
                    alert.corrects(correction, now);
                    touched.add(alert);
                    moved.add(alert);
                }
            }
        }
    }

    /** Since when outages of which late lines tell may belong to what people know of; null: there is none. */
    public @Nullable Instant lateSince() {
        Instant since = null;
        for (Alert alert : alerts.values()) {
            if (alert.group == AlertGroup.SERVERS
                    && alert.wasSaid()
                    && (since == null || alert.startedAt().isBefore(since))) {
                since = alert.startedAt();
            }
        }
        return since;
    }

    /**
     * Takes outages that were over before their first line came; the next {@link #on} says what follows. They open nothing: one that people
     * would have been told of, of a server that no alert names, joins what they know of.
     *
     * @param now as there
     */
    public void late(Collection<TroubleChange> over, Instant now) {
        for (TroubleChange change : over) {
            Alert alert = knownHome(change, now);
            if (alert != null) {
                Trouble trouble = change.trouble();
                alert.joins(change, now);
                if (!alert.isPast()) {
                    byServer.put(Alert.key(trouble.proxy(), trouble.server()), alert);
                }
                touched.add(alert);
                moved.add(alert);
            }
        }
    }

    private @Nullable Alert knownHome(TroubleChange over, Instant now) {
        Trouble trouble = over.trouble();
        String server = Alert.key(trouble.proxy(), trouble.server());
        boolean held = Duration.between(trouble.from(), over.endedAt()).compareTo(settings.hold()) >= 0;
        if (!held
                || trouble.role()
                || trouble.from().isBefore(now.minus(settings.maxAge()))
                || byServer.containsKey(server)) {
            return null;
        }
        Alert found = null;
        for (Alert alert : alerts.values()) {
            if (alert.group != AlertGroup.SERVERS || !alert.wasSaid() || !alert.isNear(trouble)) {
                continue;
            }
            if (alert.servers().contains(server)) {
                return null;
            }
            if (found == null || found.state() != AlertState.OPEN) {
                found = alert;
            }
        }
        return found;
    }

    /**
     * Takes what has changed, all of it known by now, and says what is due.
     *
     * @param now never before that of an earlier call
     */
    public List<AlertMessage> on(Collection<TroubleChange> changes, Instant now) {
        expire(now);
        // What is over makes no room for what begins at the same moment: a server that goes on being DOWN under another
        // record is not well in between.
        for (TroubleChange change : changes) {
            if (change.endedAt() == null && !change.trouble().isOfBackend()) {
                lasts(change.trouble(), now);
            }
        }
        for (TroubleChange change : changes) {
            if (change.endedAt() == null && change.trouble().isOfBackend()) {
                lasts(change.trouble(), now);
            }
        }
        for (TroubleChange change : changes) {
            if (change.endedAt() != null && change.endedBy() != null) {
                over(change.trouble(), change.endedAt(), change.endedBy(), now);
            }
        }
        planned.values().stream().toList().forEach(this::attach);
        return due(now, true);
    }

    /** After its window a server that goes DOWN has a new alert, however late it is asked. */
    private void expire(Instant now) {
        for (Alert alert : List.copyOf(alerts.values())) {
            for (Instant end = alert.windowEnd(); end != null && !end.isAfter(now); end = alert.windowEnd()) {
                if (alert.isPast()) {
                    alert.expire();
                } else {
                    alert.passes();
                    byServer.values().removeIf(alert::equals);
                }
                touched.add(alert);
                moved.add(alert);
                if (alert.isGone()) {
                    forget(alert);
                    break;
                }
            }
        }
    }

    /** As time passes while it is not known what the fleet does: only what is known of that speaks. */
    public List<AlertMessage> blind(Collection<TroubleChange> pipeline, Instant now) {
        for (TroubleChange change : pipeline) {
            if (change.endedAt() == null || change.endedBy() == null) {
                lasts(change.trouble(), now);
            } else {
                over(change.trouble(), change.endedAt(), change.endedBy(), now);
            }
        }
        return due(now, false);
    }

    /** When something is due although nothing changes; null: never. */
    public @Nullable Instant nextDue() {
        Instant next = null;
        for (Alert alert : alerts.values()) {
            Instant due = alert.due();
            next = next == null || due != null && due.isBefore(next) ? due : next;
        }
        return next;
    }

    private List<AlertMessage> due(Instant now, boolean all) {
        List<AlertMessage> messages = new ArrayList<>();
        for (Alert alert : List.copyOf(alerts.values())) {
            if (!all && alert.group != AlertGroup.PIPELINE) {
                continue;
            }
            for (Instant due = alert.due(); !alert.isGone() && due != null && !due.isAfter(now); due = alert.due()) {
                AlertMessage message = alert.speak(now);
                touched.add(alert);
                moved.add(alert);
                if (message != null) {
                    messages.add(message);
                }
            }
            if (alert.isGone()) {
                forget(alert);
            }
        }
        return messages;
    }

    private void forget(Alert alert) {
        alerts.remove(alert.id);
        byServer.values().removeIf(alert::equals);
        for (Trouble.Kind kind : Trouble.Kind.values()) {
            for (OpenTrouble open : alert.open(kind)) {
                String key = key(open.trouble());
                byTrouble.remove(key, alert);
                known.remove(key);
                if (open.trouble().isOfBackend()) {
                    planned.put(key, open);
                }
            }
        }
    }

    private void lasts(Trouble trouble, Instant now) {
        String key = key(trouble);
        Alert alert = byTrouble.get(key);
        if (alert != null) {
            OpenTrouble before = known.get(key);
            if (before != null && !before.trouble().equals(trouble)) {
                alert.alters(before, trouble);
                know(new OpenTrouble(trouble, before.seen()), alert);
                touched.add(alert);
            }
            return;
        }
        if (trouble.isOfServer() && trouble.role() || trouble.from().isBefore(now.minus(settings.maxAge()))) {
            return;
        }
        OpenTrouble begun = new OpenTrouble(trouble, now);
        if (AlertGroup.of(trouble) == AlertGroup.SERVERS && trouble.isOfBackend()) {
            planned.putIfAbsent(key, begun);
        } else {
            begins(home(trouble, now), begun);
        }
    }

    private void begins(Alert alert, OpenTrouble begun) {
        alert.begins(begun);
        know(begun, alert);
        if (begun.trouble().isOfServer()) {
            byServer.put(Alert.key(begun.trouble().proxy(), begun.trouble().server()), alert);
        }
        touched.add(alert);
    }

    private void attach(OpenTrouble backend) {
        for (Alert alert : alerts.values()) {
            if (alert.group == AlertGroup.SERVERS
                    && alert.hasDown(backend.trouble().proxy())) {
                planned.remove(key(backend.trouble()));
                begins(alert, backend);
                return;
            }
        }
    }

    /** The alert to which it belongs; a new one, if to none. */
    private Alert home(Trouble trouble, Instant now) {
        AlertGroup group = AlertGroup.of(trouble);
        Alert own = trouble.isOfServer() ? byServer.get(Alert.key(trouble.proxy(), trouble.server())) : null;
        List<Alert> near = new ArrayList<>();
        for (Alert alert : alerts.values()) {
            if (alert.group == group && alert != own && alert.reaches(trouble)) {
                near.add(alert);
            }
        }
        if (own == null) {
            own = near.stream()
                    .filter(alert -> alert.state() == AlertState.OPEN)
                    .findFirst()
                    .orElse(near.isEmpty() ? null : near.get(0));
        }
        if (own == null) {
            own = new Alert(newId(trouble, now), group, settings, trouble.since());
            alerts.put(own.id, own);
        }
        for (Alert other : near) {
            if (other != own && other.state() == AlertState.HELD && !other.wasSaid()) {
                merge(other, own);
            }
        }
        return own;
    }

    /** Of two that nobody has heard of, and that something joins, one is enough. */
    private void merge(Alert other, Alert into) {
        alerts.remove(other.id);
        other.servers().forEach(server -> byServer.remove(server, other));
        List<OpenTrouble> all = other.giveAway();
        touched.add(other);
        all.forEach(open -> begins(into, open));
    }

    /** What ends and begins again, as a late line can have it, may have had an alert before: so the time is part of it. */
    private String newId(Trouble trouble, Instant now) {
        return AlertIds.of("alert " + key(trouble) + " " + now);
    }

    private void over(Trouble trouble, Instant at, String by, Instant now) {
        String key = key(trouble);
        planned.remove(key);
        Alert alert = byTrouble.remove(key);
        OpenTrouble before = known.remove(key);
        if (alert == null || before == null) {
            return;
        }
        alert.ends(before, at, by, now);
        touched.add(alert);
        if (alert.isWell()) {
            moved.add(alert);
        }
    }

    /**
     * What has changed since the last call, to be stored.
     *
     * @param all also what could be found out again after a restart
     */
    public List<StoredAlert> changed(boolean all) {
        List<StoredAlert> changed =
                (all ? touched : moved).stream().map(Alert::stored).toList();
        touched.removeAll(moved);
        moved.clear();
        if (all) {
            touched.clear();
        }
        return changed;
    }

    /** All that may still speak, as it would be stored. */
    public List<StoredAlert> stored() {
        return alerts.values().stream().map(Alert::stored).toList();
    }
}
