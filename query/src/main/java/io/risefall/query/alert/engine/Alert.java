package io.risefall.query.alert.engine;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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
    private @Nullable Instant saidAt;
    private int stillOpen;
    private boolean reopened;
    private boolean flapSaid;
    private boolean amend;
    private @Nullable AlertProblem said;
    private AlertProblem worst;
    private int saidServers;
    private @Nullable Instant betterSince;
    private @Nullable Trouble first;
    /** Of each kind those that last, by id. */
    private final Map<Kind, Map<String, OpenTrouble>> open = new TreeMap<>();

    private final Map<String, FleetMember> members = new LinkedHashMap<>();
    private final TreeSet<String> nodes = new TreeSet<>();
    private final Set<String> outageIds = new LinkedHashSet<>();
    private final Map<String, Instant> unsaid = new LinkedHashMap<>();
    private final Map<String, Neighbourhood> reach = new LinkedHashMap<>();
    private final SettledOutages settled;
    private boolean past;
    private int troubled;

    /** A new one. */
    Alert(String id, AlertGroup group, AlertSettings settings, Instant startedAt) {
        this(id, group, settings, startedAt, List.of());
    }

    private Alert(
            String id, AlertGroup group, AlertSettings settings, Instant startedAt, Collection<TroubleChange> settled) {
        this.id = id;
        this.group = group;
        this.settings = settings;
        this.startedAt = startedAt;
        this.settled = new SettledOutages(settled);
        worst = problem();
    }

    /** As it was stored. */
    Alert(StoredAlert stored, AlertSettings settings) {
        this(
                stored.id(),
                stored.group(),
                settings,
                stored.startedAt(),
                Objects.requireNonNullElse(stored.settled(), List.of()));
        past = stored.past();
        state = stored.state();
        sequence = stored.sequence();
        openedAt = stored.openedAt();
        closedAt = stored.closedAt();
        endedAt = stored.endedAt();
        endedBy = stored.endedBy();
        saidAt = stored.saidAt();
        stillOpen = stored.stillOpen();
        reopened = stored.reopened();
        flapSaid = stored.flapSaid();
        amend = stored.amend();
        said = stored.said();
        worst = stored.worst();
        saidServers = stored.saidServers();
        betterSince = stored.betterSince();
        first = stored.first();
        stored.open().forEach(this::put);
        stored.members().forEach(member -> members.put(key(member.proxy(), member.server()), member));
        nodes.addAll(stored.nodes());
        outageIds.addAll(stored.outageIds());
        unsaid.putAll(stored.unsaid());
        reach.putAll(stored.reach());
        troubled = (int)
                members.values().stream().filter(member -> !member.isOver()).count();
    }

    StoredAlert stored() {
        List<OpenTrouble> all = new ArrayList<>();
        open.values().forEach(ofKind -> all.addAll(ofKind.values()));
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
                saidAt,
                stillOpen,
                reopened,
                flapSaid,
                amend,
                said,
                worst,
                saidServers,
                betterSince,
                all,
                List.copyOf(members.values()),
                List.copyOf(nodes),
                List.copyOf(outageIds),
                first,
                new LinkedHashMap<>(unsaid),
                new LinkedHashMap<>(reach),
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
        return open.getOrDefault(kind, Map.of()).values();
    }

    /** Whether a server of that backend is DOWN in it now. */
    boolean hasDown(String proxy) {
        Neighbourhood backend = reach.get("proxy " + proxy);
        return backend != null && backend.open() > 0;
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
        return switch (group) {
            case SERVERS ->
                isNear("proxy " + trouble.proxy(), trouble)
                        || isNear("server " + trouble.server(), trouble)
                        || isNearBegin("node " + trouble.node(), trouble);
            case LEADER -> reach.containsKey("proxy " + trouble.proxy());
            case NODES -> isNear("all", trouble);
            case PIPELINE -> true;
        };
    }

    private boolean isNear(String key, Trouble trouble) {
        Neighbourhood near = reach.get(key);
        return near != null && near.reaches(trouble.from(), trouble.nearMs());
    }

    private boolean isNearBegin(String key, Trouble trouble) {
        Neighbourhood near = reach.get(key);
        return near != null && near.reachesFromBegin(trouble.from(), trouble.nearMs());
    }

    private List<String> reachKeys(Trouble trouble) {
        return switch (group) {
            case SERVERS ->
                trouble.isOfServer()
                        ? List.of("proxy " + trouble.proxy(), "server " + trouble.server(), "node " + trouble.node())
                        : List.of();
            case LEADER -> List.of("proxy " + trouble.proxy());
            case NODES, PIPELINE -> List.of("all");
        };
    }

    private void put(OpenTrouble trouble) {
        open.computeIfAbsent(trouble.trouble().kind(), any -> new LinkedHashMap<>())
                .put(trouble.trouble().id(), trouble);
    }

    void begins(OpenTrouble begun) {
        Trouble trouble = begun.trouble();
        put(begun);
        settled.remove(trouble.id());
        for (String key : reachKeys(trouble)) {
            reach.compute(key, (any, near) -> near == null ? Neighbourhood.of(trouble) : near.begins(trouble));
        }
        if (!trouble.node().isEmpty()) {
            nodes.add(trouble.node());
        }
        if (trouble.isOfServer()) {
            String key = key(trouble.proxy(), trouble.server());
            FleetMember before = members.getOrDefault(key, FleetMember.of(trouble));
            troubled += before.isOver() ? 1 : 0;
            members.put(key, before.begins(trouble));
            if (!before.said()) {
                unsaid.putIfAbsent(key, begun.ripe(Duration.ZERO));
            }
        }
        if (trouble.kind() == Kind.DOWN) {
            if (first == null || isBefore(trouble, first)) {
                first = trouble;
            }
            if (outageIds.size() < MOST_OUTAGES) {
                outageIds.add(trouble.id());
            }
        }
        if (!trouble.isOfBackend() || group == AlertGroup.LEADER) {
            startedAt = trouble.since().isBefore(startedAt) ? trouble.since() : startedAt;
        }
        judge(begun.seen());
    }

    /** A corrected start makes another outage of it. */
    private boolean isReplaced(Trouble trouble) {
        return open(trouble.kind()).stream()
                .map(OpenTrouble::trouble)
                .anyMatch(other -> other.node().equals(trouble.node())
                        && other.fleetServer().equals(trouble.fleetServer())
                        && Duration.between(other.from(), trouble.from()).abs().compareTo(MOVED) <= 0);
    }

    private @Nullable Trouble earliest() {
        Trouble earliest = null;
        for (OpenTrouble down : open(Kind.DOWN)) {
            earliest = earliest == null || isBefore(down.trouble(), earliest) ? down.trouble() : earliest;
        }
        return earliest;
    }

    private static boolean isBefore(Trouble one, Trouble other) {
        int byTime = one.from().compareTo(other.from());
        return byTime < 0
                || byTime == 0
                        && (one.node() + "/" + one.proxy() + "/" + one.server())
                                        .compareTo(other.node() + "/" + other.proxy() + "/" + other.server())
                                < 0;
    }

    /** What it knew in other words. */
    void alters(OpenTrouble before, Trouble now) {
        put(new OpenTrouble(now, before.seen()));
        if (now.isOfServer()) {
            members.computeIfPresent(
                    key(now.proxy(), now.server()),
                    (key, member) -> member.ends(before.trouble()).begins(now));
        }
        amend |= state == AlertState.OPEN
                && now.kind() == Kind.DOWN
                && Duration.between(before.trouble().from(), now.from()).abs().compareTo(MOVED) > 0;
    }

    void ends(OpenTrouble over, Instant at, String by, Instant now) {
        Trouble trouble = over.trouble();
        Map<String, OpenTrouble> ofKind = Objects.requireNonNull(open.get(trouble.kind()));
        ofKind.remove(trouble.id());
        for (String key : reachKeys(trouble)) {
            reach.computeIfPresent(key, (any, near) -> near.ends(trouble, at));
        }
        if (trouble.isOfServer()) {
            String key = key(trouble.proxy(), trouble.server());
            FleetMember member = Objects.requireNonNull(members.get(key)).ends(trouble);
            members.put(key, member);
            if (member.isOver()) {
                troubled--;
                unsaid.remove(key);
            }
        }
        boolean retracted = by.equals(TroubleChange.RETRACTED);
        amend |= retracted && state == AlertState.OPEN && !isReplaced(trouble);
        Instant ended = at.isAfter(now) ? now : at;
        if (retracted) {
            outageIds.remove(trouble.id());
            first = trouble.equals(first) ? earliest() : first;
        } else if (trouble.kind() == Kind.DOWN) {
            settled.put(TroubleChange.over(trouble, ended, by));
        }
        if (!trouble.isOfBackend() || group == AlertGroup.LEADER) {
            if (endedAt == null || !ended.isBefore(endedAt)) {
                endedAt = ended;
                endedBy = by;
            }
        }
        judge(now);
    }

    /** Late lines tell of an outage of one more server, which is over. */
    void joins(TroubleChange over, Instant now) {
        Trouble trouble = over.trouble();
        Instant end = Objects.requireNonNull(over.endedAt());
        Instant ended = end.isAfter(now) ? now : end;
        for (String key : reachKeys(trouble)) {
            reach.compute(
                    key,
                    (any, near) ->
                            (near == null ? Neighbourhood.of(trouble) : near.begins(trouble)).ends(trouble, ended));
        }
        nodes.add(trouble.node());
        members.put(
                key(trouble.proxy(), trouble.server()),
                FleetMember.of(trouble).begins(trouble).ends(trouble));
        settled.put(TroubleChange.over(trouble, ended, Objects.requireNonNull(over.endedBy())));
        if (outageIds.size() < MOST_OUTAGES) {
            outageIds.add(trouble.id());
        }
        if (first == null || isBefore(trouble, first)) {
            first = trouble;
        }
        startedAt = trouble.since().isBefore(startedAt) ? trouble.since() : startedAt;
        if (endedAt == null || endedAt.isBefore(ended)) {
            endedAt = ended;
            endedBy = over.endedBy();
        }
        amend = true;
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
            first = instead == null ? earliest() : instead.trouble();
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
        amend |= state == AlertState.CLOSED
                && (instead == null
                        || isMoved(startedBefore, startedAt)
                        || isMoved(endedBefore, endedAt)
                        || !Objects.equals(byBefore, endedBy));
        judge(now);
    }

    private static boolean isMoved(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(MOVED) > 0;
    }

    /** It does not open again, and is kept a while for what late lines tell of it. */
    void passes() {
        past = true;
        gone = settled.all().isEmpty() && !amend;
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
        List<OpenTrouble> all = new ArrayList<>();
        open.values().forEach(ofKind -> all.addAll(ofKind.values()));
        gone = true;
        return all;
    }

    /** Nothing of it is wrong; that a backend is empty is then an operator's doing. */
    boolean isWell() {
        return open(Kind.DOWN).isEmpty()
                && open(Kind.FLAPPING).isEmpty()
                && open(Kind.SILENT).isEmpty()
                && open(Kind.PIPELINE).isEmpty()
                && (group != AlertGroup.LEADER || open(Kind.EMPTY).isEmpty());
    }

    private AlertProblem problem() {
        return switch (group) {
            case PIPELINE -> AlertProblem.PIPELINE_SILENT;
            case NODES -> AlertProblem.NODE_SILENT;
            case LEADER -> AlertProblem.BACKEND_EMPTY;
            case SERVERS ->
                !open(Kind.EMPTY).isEmpty()
                        ? AlertProblem.BACKEND_EMPTY
                        : open(Kind.LOW).isEmpty() ? AlertProblem.SERVERS_DOWN : AlertProblem.CAPACITY_LOW;
        };
    }

    private void judge(Instant now) {
        boolean better = said != null && problem().compareTo(said) < 0;
        betterSince = !better ? null : betterSince == null ? now : betterSince;
    }

    /** When it speaks or changes by itself; null: only when something happens. */
    @Nullable Instant due() {
        if (isWell()) {
            return switch (state) {
                case HELD -> Instant.MIN;
                case OPEN -> closeDue();
                case CLOSED -> earlier(windowEnd(), amendDue());
            };
        }
        if (state != AlertState.OPEN) {
            return openDue();
        }
        Instant due = stillOpenDue();
        for (Instant other : new Instant[] {flapDue(), worseDue(), moreDue(), betterDue(), amendDue()}) {
            due = earlier(due, other);
        }
        return due;
    }

    /** What it says or does at its due time; {@code null} from {@link #due} never comes here. */
    @Nullable AlertTransition next(Instant now) {
        if (isWell()) {
            return state == AlertState.OPEN || state == AlertState.CLOSED && isDue(amendDue(), now)
                    ? AlertTransition.CLOSED
                    : null;
        }
        if (state != AlertState.OPEN) {
            return open(Kind.FLAPPING).isEmpty() ? AlertTransition.OPENED : AlertTransition.FLAPPING;
        }
        if (isDue(flapDue(), now)) {
            return AlertTransition.FLAPPING;
        }
        if (isDue(worseDue(), now) || isDue(moreDue(), now) || isDue(betterDue(), now)) {
            return AlertTransition.CHANGED;
        }
        return isDue(amendDue(), now) ? AlertTransition.AMENDED : AlertTransition.STILL_OPEN;
    }

    private static boolean isDue(@Nullable Instant due, Instant now) {
        return due != null && !due.isAfter(now);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private Instant closeDue() {
        Duration delay = TroubleChange.UNKNOWN.equals(endedBy) ? settings.closeUnknownAfter() : settings.closeAfter();
        if (reopened && settings.reopen().compareTo(delay) > 0) {
            delay = settings.reopen();
        }
        return Objects.requireNonNull(endedAt).plus(delay);
    }

    private Instant openDue() {
        Duration hold = switch (group) {
            case SERVERS -> settings.hold();
            case LEADER -> settings.leaderless();
            case NODES, PIPELINE -> Duration.ZERO;
        };
        Instant due = Instant.MAX;
        for (Map.Entry<Kind, Map<String, OpenTrouble>> ofKind : open.entrySet()) {
            if (group == AlertGroup.SERVERS && (ofKind.getKey() == Kind.EMPTY || ofKind.getKey() == Kind.LOW)) {
                continue;
            }
            for (OpenTrouble trouble : ofKind.getValue().values()) {
                due = Objects.requireNonNull(earlier(due, trouble.ripe(hold)));
            }
        }
        return due;
    }

    private Instant stillOpenDue() {
        List<Duration> times = settings.stillOpen();
        if (times.isEmpty()) {
            return Instant.MAX;
        }
        Duration last = times.get(times.size() - 1);
        Duration after =
                stillOpen < times.size() ? times.get(stillOpen) : last.multipliedBy(stillOpen - times.size() + 2L);
        return Objects.requireNonNull(openedAt).plus(after);
    }

    private @Nullable Instant flapDue() {
        Collection<OpenTrouble> flapping = open(Kind.FLAPPING);
        return flapSaid || flapping.isEmpty()
                ? null
                : flapping.iterator().next().ripe(settings.hold());
    }

    private @Nullable Instant worseDue() {
        AlertProblem now = problem();
        if (said == null || now.compareTo(said) <= 0) {
            return null;
        }
        Instant due = Instant.MAX;
        for (OpenTrouble trouble : open(now == AlertProblem.BACKEND_EMPTY ? Kind.EMPTY : Kind.LOW)) {
            due = earlier(due, trouble.ripe(settings.hold()));
        }
        return due;
    }

    /** At once if there are twice as many, so that of a thousand servers ten messages speak and not a thousand. */
    private @Nullable Instant moreDue() {
        if (unsaid.isEmpty()) {
            return null;
        }
        List<Instant> since = List.copyOf(unsaid.values());
        Instant ripe = since.get(0).plus(settings.hold());
        Instant again = Objects.requireNonNull(saidAt).plus(settings.changeEvery());
        Instant due = ripe.isAfter(again) ? ripe : again;
        int toDouble = Math.max(1, 2 * saidServers - (troubled - since.size()));
        return toDouble > since.size()
                ? due
                : earlier(due, since.get(toDouble - 1).plus(settings.hold()));
    }

    private @Nullable Instant betterDue() {
        return betterSince == null ? null : betterSince.plus(settings.reopen());
    }

    private @Nullable Instant amendDue() {
        return amend ? Objects.requireNonNull(saidAt).plus(settings.changeEvery()) : null;
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
                flapSaid = false;
            }
            case STILL_OPEN -> {
                while (!stillOpenDue().isAfter(now)) {
                    stillOpen++;
                }
            }
            case CHANGED, AMENDED -> {}
        }
        sequence++;
        saidAt = now;
        said = transition == AlertTransition.CLOSED ? null : problem();
        worst = said != null && said.compareTo(worst) > 0 ? said : worst;
        saidServers = troubled;
        betterSince = null;
        amend = false;
        unsaid.clear();
        List<FleetMember> unnamed = members.values().stream()
                .filter(member -> !member.said() && member.isOver() && settled.hasServer(member.fleetServer()))
                .toList();
        members.replaceAll((key, member) -> member.isSaid());
        return message(transition, corrected, unnamed, now);
    }

    private void opens(Instant now) {
        flapSaid = !open(Kind.FLAPPING).isEmpty();
        if (state == AlertState.OPEN) {
            return;
        }
        reopened = state == AlertState.CLOSED;
        past = false;
        state = AlertState.OPEN;
        openedAt = now;
        closedAt = null;
        stillOpen = 0;
    }

    private AlertMessage message(
            AlertTransition transition, boolean corrected, List<FleetMember> unnamed, Instant now) {
        return new AlertWords(
                        id,
                        sequence,
                        transition,
                        said == null ? worst : said,
                        now,
                        startedAt,
                        transition == AlertTransition.CLOSED ? endedAt : null,
                        endedBy,
                        corrected)
                .message(
                        group,
                        List.copyOf(members.values()),
                        unnamed,
                        open,
                        List.copyOf(nodes),
                        List.copyOf(outageIds),
                        first,
                        group == AlertGroup.LEADER ? proxies() : List.of());
    }

    private List<String> proxies() {
        return reach.keySet().stream()
                .map(key -> key.substring("proxy ".length()))
                .sorted()
                .toList();
    }
}
