package io.risefall.query.alert.engine;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One alert: what belongs to it, and when it speaks. Used by {@link AlertBook} only, in its thread. */
final class Alert {
    /** Of more outages only those that last are named. */
    private static final int MOST_OUTAGES = 50;

    /** Below this, a changed start is a matter of taste: another line of the same moment was found. */
    private static final Duration MOVED = Duration.ofMinutes(1);

    /** Relays that were away deliver what they kept within minutes; later corrections are for those who look. */
    private static final Duration CORRECTABLE = Duration.ofHours(1);

    final String id;
    final AlertGroup group;
    private final AlertSettings settings;

    private AlertState state = AlertState.HELD;
    private int sequence;
    private boolean gone;
    private Instant startedAt;
    private @Nullable Instant openedAt;
    private @Nullable Instant closedAt;
    private @Nullable Instant endedAt;
    private @Nullable String endedBy;
    private boolean reopened;
    private AlertProblem worst;
    private @Nullable Trouble first;
    private final OpenTroubles open;
    private final AlertReach reach;
    private final LastSaid said;
    private final Map<String, FleetMember> members = new LinkedHashMap<>();
    private final TreeSet<String> nodes = new TreeSet<>();
    private final Set<String> outageIds = new LinkedHashSet<>();
    private final SettledOutages settled;
    private boolean past;
    private int troubled;

    /** A new one. */
    Alert(String id, AlertGroup group, AlertSettings settings, Instant startedAt) {
        this(id, group, settings, startedAt, List.of(), Map.of());
    }

    private Alert(
            String id,
            AlertGroup group,
            AlertSettings settings,
            Instant startedAt,
            Collection<TroubleChange> settled,
            Map<String, Neighbourhood> reach) {
        this.id = id;
        this.group = group;
        this.settings = settings;
        this.startedAt = startedAt;
        this.settled = new SettledOutages(settled);
        this.reach = new AlertReach(group, reach);
        open = new OpenTroubles(group);
        said = new LastSaid(settings, open);
        worst = open.problem();
    }

    /** As it was stored. */
    Alert(StoredAlert stored, AlertSettings settings) {
        this(
                stored.id(),
                stored.group(),
                settings,
                stored.startedAt(),
                Objects.requireNonNullElse(stored.settled(), List.of()),
                stored.reach());
        past = stored.past();
        state = stored.state();
        sequence = stored.sequence();
        openedAt = stored.openedAt();
        closedAt = stored.closedAt();
        endedAt = stored.endedAt();
        endedBy = stored.endedBy();
        reopened = stored.reopened();
        worst = stored.worst();
        first = stored.first();
        stored.open().forEach(open::put);
        stored.members().forEach(member -> members.put(key(member.proxy(), member.server()), member));
        nodes.addAll(stored.nodes());
        outageIds.addAll(stored.outageIds());
        said.restore(stored);
        troubled = (int)
                members.values().stream().filter(member -> !member.isOver()).count();
    }

    StoredAlert stored() {
        return new StoredAlert(
                id,
                group,
                state,
                sequence,
                gone,
                startedAt,
                openedAt,
                closedAt,
                endedAt,
                endedBy,
                said.at(),
                said.stillOpen(),
                reopened,
                said.isFlapping(),
                said.isWrong(),
                said.problem(),
                worst,
                said.servers(),
                said.betterSince(),
                open.all(),
                List.copyOf(members.values()),
                List.copyOf(nodes),
                List.copyOf(outageIds),
                first,
                said.unsaid(),
                reach.byPlace(),
                settled.all(),
                past);
    }

    static String key(String proxy, String server) {
        return proxy + "/" + server;
    }

    AlertState state() {
        return state;
    }

    Instant startedAt() {
        return startedAt;
    }

    boolean isGone() {
        return gone;
    }

    boolean wasSaid() {
        return sequence > 0;
    }

    Set<String> servers() {
        return members.keySet();
    }

    /** Those of its outages that are over. */
    List<TroubleChange> settled() {
        return settled.all();
    }

    Collection<OpenTrouble> open(Kind kind) {
        return open.of(kind);
    }

    /** Whether a server of that backend is DOWN in it now. */
    boolean hasDown(String proxy) {
        return reach.hasDown(proxy);
    }

    /** Whether something new belongs to it, as another one near it. */
    boolean reaches(Trouble trouble) {
        if (state == AlertState.CLOSED || isWell() && state == AlertState.HELD) {
            return false;
        }
        return isNear(trouble);
    }

    /** Whether it began near what belongs to it. */
    boolean isNear(Trouble trouble) {
        return reach.isNear(trouble);
    }

    void begins(OpenTrouble begun) {
        Trouble trouble = begun.trouble();
        open.put(begun);
        settled.remove(trouble.id());
        reach.begins(trouble);
        if (!trouble.node().isEmpty()) {
            nodes.add(trouble.node());
        }
        if (trouble.isOfServer()) {
            String key = key(trouble.proxy(), trouble.server());
            FleetMember before = members.getOrDefault(key, FleetMember.of(trouble));
            troubled += before.isOver() ? 1 : 0;
            members.put(key, before.begins(trouble));
            if (!before.said()) {
                said.lacks(key, begun.ripe(Duration.ZERO));
            }
        }
        if (trouble.kind() == Kind.DOWN) {
            if (first == null || trouble.isBefore(first)) {
                first = trouble;
            }
            if (outageIds.size() < MOST_OUTAGES) {
                outageIds.add(trouble.id());
            }
        }
        if (!trouble.isOfBackend() || group == AlertGroup.LEADER) {
            startedAt = trouble.since().isBefore(startedAt) ? trouble.since() : startedAt;
        }
        said.judge(begun.seen());
    }

    /** What it knew in other words. */
    void alters(OpenTrouble before, Trouble now) {
        open.put(new OpenTrouble(now, before.seen()));
        if (now.isOfServer()) {
            members.computeIfPresent(
                    key(now.proxy(), now.server()),
                    (key, member) -> member.ends(before.trouble()).begins(now));
        }
        said.isWrongIf(state == AlertState.OPEN
                && now.kind() == Kind.DOWN
                && Duration.between(before.trouble().from(), now.from()).abs().compareTo(MOVED) > 0);
    }

    void ends(OpenTrouble over, Instant at, String by, Instant now) {
        Trouble trouble = over.trouble();
        open.remove(trouble);
        reach.ends(trouble, at);
        if (trouble.isOfServer()) {
            String key = key(trouble.proxy(), trouble.server());
            FleetMember member = Objects.requireNonNull(members.get(key)).ends(trouble);
            members.put(key, member);
            if (member.isOver()) {
                troubled--;
                said.needs(key);
            }
        }
        boolean retracted = by.equals(TroubleChange.RETRACTED);
        said.isWrongIf(retracted && state == AlertState.OPEN && !open.replace(trouble, MOVED));
        Instant ended = at.isAfter(now) ? now : at;
        if (retracted) {
            outageIds.remove(trouble.id());
            first = trouble.equals(first) ? open.firstOutage() : first;
        } else if (trouble.kind() == Kind.DOWN) {
            settled.put(TroubleChange.over(trouble, ended, by));
        }
        if (!trouble.isOfBackend() || group == AlertGroup.LEADER) {
            if (endedAt == null || !ended.isBefore(endedAt)) {
                endedAt = ended;
                endedBy = by;
            }
        }
        said.judge(now);
    }

    /** Late lines tell of an outage of one more server, which is over. */
    void joins(TroubleChange over, Instant now) {
        Trouble trouble = over.trouble();
        Instant end = Objects.requireNonNull(over.endedAt());
        Instant ended = end.isAfter(now) ? now : end;
        reach.begins(trouble);
        reach.ends(trouble, ended);
        nodes.add(trouble.node());
        members.put(
                key(trouble.proxy(), trouble.server()),
                FleetMember.of(trouble).begins(trouble).ends(trouble));
        settled.put(TroubleChange.over(trouble, ended, Objects.requireNonNull(over.endedBy())));
        if (outageIds.size() < MOST_OUTAGES) {
            outageIds.add(trouble.id());
        }
        if (first == null || trouble.isBefore(first)) {
            first = trouble;
        }
        startedAt = trouble.since().isBefore(startedAt) ? trouble.since() : startedAt;
        if (endedAt == null || endedAt.isBefore(ended)) {
            endedAt = ended;
            endedBy = over.endedBy();
        }
        said.isWrongIf(true);
    }

    boolean hasSettled(String outage) {
        return settled.has(outage);
    }

    /** Late lines tell otherwise of an outage that is over. */
    void corrects(Correction correction, Instant now) {
        Trouble before =
                Objects.requireNonNull(settled.remove(correction.outage())).trouble();
        TroubleChange instead = correction.instead();
        outageIds.remove(before.id());
        if (instead != null) {
            settled.put(instead);
            outageIds.add(instead.trouble().id());
        }
        if (before.equals(first)) {
            first = instead == null ? open.firstOutage() : instead.trouble();
        }
        String key = key(before.proxy(), before.server());
        FleetMember member = members.get(key);
        if (member != null && member.isOver() && members.size() > 1 && !settled.hasServer(before.fleetServer())) {
            members.remove(key);
        }
        if (isWell()) {
            ended(before, instead, now);
        }
    }

    /** How long it was, by what is known now. */
    private void ended(Trouble before, @Nullable TroubleChange instead, Instant now) {
        Instant startedBefore = startedAt;
        Instant endedBefore = Objects.requireNonNull(endedAt);
        String byBefore = endedBy;
        if (before.since().equals(startedAt)
                || instead != null && instead.trouble().since().isBefore(startedAt)) {
            startedAt = settled.began().orElse(startedAt);
        }
        endedAt = settled.last().map(TroubleChange::endedAt).orElse(startedAt);
        endedBy = settled.last().map(TroubleChange::endedBy).orElse(TroubleChange.RETRACTED);
        said.isWrongIf(state == AlertState.CLOSED
                && (instead == null
                        || isMoved(startedBefore, startedAt)
                        || isMoved(endedBefore, endedAt)
                        || !Objects.equals(byBefore, endedBy)));
        said.judge(now);
    }

    private static boolean isMoved(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(MOVED) > 0;
    }

    /** It does not open again, and is kept a while for what late lines tell of it. */
    void passes() {
        past = true;
        gone = settled.all().isEmpty() && !said.isWrong();
    }

    void expire() {
        gone = true;
    }

    boolean isPast() {
        return past;
    }

    /** When it can open no more, and then when it is corrected no more; null: it is not closed. */
    @Nullable Instant windowEnd() {
        if (state != AlertState.CLOSED || closedAt == null || !isWell()) {
            return null;
        }
        return closedAt.plus(past ? CORRECTABLE : settings.reopen());
    }

    /** Of all that was held: what is found to belong to another one goes there. */
    List<OpenTrouble> giveAway() {
        gone = true;
        return open.all();
    }

    /** Nothing of it is wrong; that a backend is empty is then an operator's doing. */
    boolean isWell() {
        return open.areNone();
    }

    /** When it speaks or changes by itself; null: only when something happens. */
    @Nullable Instant due() {
        if (isWell()) {
            return switch (state) {
                case HELD -> Instant.MIN;
                case OPEN -> closeDue();
                case CLOSED -> closedDue();
            };
        }
        return state == AlertState.OPEN ? said.due(Objects.requireNonNull(openedAt), troubled) : open.ripe(settings);
    }

    private @Nullable Instant closedDue() {
        Instant end = windowEnd();
        Instant correction = said.correctionDue();
        return end == null || correction != null && correction.isBefore(end) ? correction : end;
    }

    /** What it says or does at its due time; {@code null} from {@link #due} never comes here. */
    @Nullable AlertTransition next(Instant now) {
        if (isWell()) {
            return state == AlertState.OPEN || state == AlertState.CLOSED && said.isCorrectionDue(now)
                    ? AlertTransition.CLOSED
                    : null;
        }
        if (state != AlertState.OPEN) {
            return open.has(Kind.FLAPPING) ? AlertTransition.FLAPPING : AlertTransition.OPENED;
        }
        return said.next(now, troubled);
    }

    private Instant closeDue() {
        Duration delay = TroubleChange.UNKNOWN.equals(endedBy) ? settings.closeUnknownAfter() : settings.closeAfter();
        if (reopened && settings.reopen().compareTo(delay) > 0) {
            delay = settings.reopen();
        }
        return Objects.requireNonNull(endedAt).plus(delay);
    }

    /** It is as it says from now on; null: it was silent, and is gone. */
    @Nullable AlertMessage speak(Instant now) {
        AlertTransition transition = next(now);
        boolean corrected = state == AlertState.CLOSED && transition == AlertTransition.CLOSED;
        if (transition == null) {
            gone = true;
            return null;
        }
        switch (transition) {
            case OPENED, FLAPPING -> opens(now);
            case CLOSED -> {
                closedAt = state == AlertState.CLOSED ? closedAt : now;
                state = AlertState.CLOSED;
                said.saysWhetherItFlaps(false);
            }
            case STILL_OPEN -> said.saysThatItLasts(Objects.requireNonNull(openedAt), now);
            case CHANGED, AMENDED -> {}
        }
        sequence++;
        AlertProblem problem = open.problem();
        said.says(now, transition == AlertTransition.CLOSED ? null : problem, troubled);
        if (transition != AlertTransition.CLOSED && problem.compareTo(worst) > 0) {
            worst = problem;
        }
        List<FleetMember> unnamed = members.values().stream()
                .filter(member -> !member.said() && member.isOver() && settled.hasServer(member.fleetServer()))
                .toList();
        members.replaceAll((key, member) -> member.isSaid());
        return message(transition, corrected, unnamed, now);
    }

    private void opens(Instant now) {
        said.saysWhetherItFlaps(open.has(Kind.FLAPPING));
        if (state == AlertState.OPEN) {
            return;
        }
        reopened = state == AlertState.CLOSED;
        past = false;
        state = AlertState.OPEN;
        openedAt = now;
        closedAt = null;
        said.opens();
    }

    private AlertMessage message(
            AlertTransition transition, boolean corrected, List<FleetMember> unnamed, Instant now) {
        return new AlertWords(
                        id,
                        sequence,
                        transition,
                        Objects.requireNonNullElse(said.problem(), worst),
                        now,
                        startedAt,
                        transition == AlertTransition.CLOSED ? endedAt : null,
                        endedBy,
                        corrected)
                .message(
                        group,
                        List.copyOf(members.values()),
                        unnamed,
                        open.byKind(),
                        List.copyOf(nodes),
                        List.copyOf(outageIds),
                        first,
                        group == AlertGroup.LEADER ? reach.proxies() : List.of());
    }
}
