package io.risefall.streams;

import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.state.Outage.EndedBy;
import io.risefall.streams.HaproxyModel.Printed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * docs/semantics.md once more, as simply as can be: the whole log of one backend at once, process by process, looking ahead
 * where that is easier. What the streams part says is compared with it. It knows the lines that {@link HaproxyModel}
 * prints, and no others.
 */
final class Reference {
    private static final Duration STARTUP = Duration.ofSeconds(10);
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(1);
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    /** One process: its first line, and when it reports that it stops. */
    private record Worker(long pid, Instant begin, @Nullable Instant stop) {}

    private static final class Spell {
        private final Instant from;
        private final Health state;
        private boolean told;

        Spell(Instant from, Health state) {
            this.from = from;
            this.state = state;
        }
    }

    private static final class Out {
        private Instant start;
        private @Nullable Instant end;
        private @Nullable EndedBy by;
        private boolean certain = true;
        private @Nullable CheckReason reason;
        private long pid;
        private @Nullable Instant firstFailure;
        private @Nullable Instant firstSuccess;
    }

    private final ServerName server;
    private final List<Printed> lines;
    private final List<Worker> processes;

    /** Changes of state so far; the time before the first is not known. */
    private final List<Spell> spells = new ArrayList<>();

    private final List<Out> outs = new ArrayList<>();

    // Of the present process.
    private boolean draining;
    private @Nullable Instant failingSince;
    private @Nullable Instant passedEnough;
    private @Nullable CheckReason lastFailure;
    private @Nullable String lastCheck;

    private Reference(ServerName server, List<Printed> lines) {
        this.server = server;
        this.lines = lines;
        processes = processes(lines);
    }

    /** States, then outages, a line each, as {@link Story#render} writes them. */
    static String outcome(ServerName server, List<Printed> lines) {
        Reference reference = new Reference(server, lines);
        reference.tell();
        return reference.render();
    }

    private static List<Worker> processes(List<Printed> lines) {
        Map<Long, Worker> all = new LinkedHashMap<>();
        for (Printed line : lines) {
            Worker known = all.getOrDefault(line.pid(), new Worker(line.pid(), line.at(), null));
            boolean stops = line.message() instanceof ProxyNotice;
            all.put(
                    line.pid(),
                    new Worker(known.pid, known.begin, stops && known.stop == null ? line.at() : known.stop));
        }
        return List.copyOf(all.values());
    }

    private void tell() {
        for (int i = 0; i < processes.size(); i++) {
            Worker process = processes.get(i);
            Instant end = i + 1 < processes.size() ? processes.get(i + 1).begin : Instant.MAX;
            List<Printed> own = lines.stream()
                    .filter(line -> line.pid() == process.pid && line.at().isBefore(end))
                    .filter(line -> server.equals(line.message().serverName()))
                    .toList();
            tell(process, end, own);
        }
    }

    private void tell(Worker process, Instant end, List<Printed> own) {
        begun = process.begin;
        boolean known = !spells.isEmpty();
        if (known) {
            takeOver(process);
        }
        failingSince = null;
        passedEnough = null;
        lastFailure = null;
        lastCheck = null;
        int first = 0;
        if (known && state() == Health.UNKNOWN) {
            first = settle(process, own);
        }
        for (Printed line : own.subList(first, own.size())) {
            if (spells.isEmpty()) {
                begin(process, line);
            }
            apply(line);
        }
        boolean stopped = process.stop != null && process.stop.isBefore(end);
        if (stopped) {
            recoverUnseen();
            if (!spells.isEmpty() && state() != Health.DOWN && state() != Health.UNKNOWN) {
                lost = new Lost(process.stop, state(), null, draining, null, null);
                enter(process.stop, Health.UNKNOWN);
            }
        }
    }

    /** What was before the time of which nothing is known. */
    private record Lost(
            Instant at,
            Health was,
            @Nullable Out out,
            boolean draining,
            @Nullable Instant processBegin,
            @Nullable Instant silentFrom) {}

    private @Nullable Lost lost;

    private void takeOver(Worker process) {
        recoverUnseen();
        boolean drained = draining;
        draining = false;
        if (state() == Health.UNKNOWN) {
            if (lost != null && lost.was == Health.UP) {
                boolean atOnce = !process.begin.isAfter(lost.at.plus(TOGETHER));
                if (atOnce) {
                    spells.remove(spells.size() - 1);
                }
                if (!atOnce) {
                    assume(process.begin);
                } else {
                    enter(lost.at, Health.UP);
                }
                lost = null;
            } else if (lost != null) {
                boolean silent = lost.processBegin != null && process.begin.isAfter(lost.processBegin.plus(STARTUP));
                Instant from = lost.silentFrom == null && silent ? lost.processBegin : lost.silentFrom;
                lost = new Lost(lost.at, lost.was, lost.out, lost.draining, process.begin, from);
            }
            return;
        }
        if (state() != Health.UP) {
            Out out = state() == Health.DOWN ? open() : null;
            lost = new Lost(process.begin, state(), out, drained, process.begin, null);
            if (out != null) {
                end(out, process.begin, EndedBy.UNKNOWN, false);
            }
            enter(process.begin, Health.UNKNOWN);
        }
    }

    /** Finds the first line that shows what the server was at the reload; returns how many lines it settles. */
    private int settle(Worker process, List<Printed> own) {
        for (int i = 0; i < own.size(); i++) {
            Printed line = own.get(i);
            String text = text(line.message());
            remember(line);
            boolean early = !line.at().isAfter(process.begin.plus(STARTUP));
            boolean wasDown = lost != null && lost.was == Health.DOWN;
            switch (text) {
                case "down", "check fail down" -> {
                    if (!wasDown) {
                        upSince(process.begin);
                        return hearFrom(own, i);
                    }
                    if (early && lost.silentFrom != null) {
                        upSince(process.begin);
                        return hearFrom(own, i);
                    }
                    if (early) {
                        boolean drained = draining;
                        asBefore();
                        draining = drained;
                        return hearFrom(own, i);
                    }
                    if (text.equals("down")) {
                        upSince(process.begin);
                        return hearFrom(own, i);
                    }
                }
                case "check pass down" -> {
                    if (wasDown) {
                        asBefore();
                    } else {
                        upSince(process.begin);
                    }
                    return hearFrom(own, i);
                }
                case "check pass up", "check fail up" -> {
                    if (!wasDown || text.equals("check pass up")) {
                        upSince(process.begin);
                        return hearFrom(own, i);
                    }
                }
                case "up" -> {
                    if (wasDown) {
                        asBefore();
                    } else {
                        lost = null;
                    }
                    return hearFrom(own, i);
                }
                case "maint" -> {
                    upSince(process.begin);
                    return hearFrom(own, i);
                }
                case "was down, maint" -> {
                    if (wasDown) {
                        asBefore();
                    } else {
                        lost = null;
                    }
                    return hearFrom(own, i);
                }
                case "leaves maint" -> {
                    if (lost != null && lost.was == Health.MAINT) {
                        asBefore();
                    } else {
                        lost = null;
                    }
                    return hearFrom(own, i);
                }
                case "leaves drain" -> {
                    boolean down = Boolean.FALSE.equals(((ServerSwitch) line.message()).up());
                    if (lost != null && lost.was == Health.DRAIN || wasDown && down) {
                        asBefore();
                    } else if (wasDown) {
                        upSince(process.begin);
                    } else {
                        lost = null;
                    }
                    return hearFrom(own, i);
                }
                case "drain" -> {
                    if (wasDown && ((ServerSwitch) line.message()).counts().sessionsActive() != null) {
                        asBefore();
                    } else {
                        upSince(process.begin);
                    }
                    return hearFrom(own, i);
                }
                case "dump up" -> {
                    if (wasDown || lost == null) {
                        lost = null;
                    } else {
                        upSince(process.begin);
                    }
                    return hearFrom(own, i);
                }
                case "dump down" -> {
                    if (lost != null && lost.was != Health.DRAIN && lost.was != Health.UNKNOWN) {
                        asBefore();
                        return hearFrom(own, i);
                    }
                    lost = null;
                    return hearFrom(own, i);
                }
                case "told up" -> {
                    if (lost != null) {
                        upSince(process.begin);
                    }
                    return hearFrom(own, i);
                }
                case "told down", "told maint", "told drain" -> {
                    if (lost != null && lost.was == ((ObservedServer) line.message()).state()) {
                        asBefore();
                    }
                    lost = null;
                    return hearFrom(own, i);
                }
                default -> throw new IllegalArgumentException(text);
            }
        }
        return own.size();
    }

    /** The line that settled it is applied like any other. */
    private int hearFrom(List<Printed> own, int i) {
        settledAt = own.get(i);
        return i;
    }

    private void asBefore() {
        spells.remove(spells.size() - 1);
        if (lost.was == Health.DOWN) {
            Out out = lost.out;
            out.end = null;
            out.by = null;
            out.certain = lost.out.certain;
            if (state() != Health.DOWN) {
                throw new IllegalStateException("not DOWN before");
            }
            out.certain = certainBefore;
        }
        draining |= lost.draining;
        lost = null;
    }

    private boolean certainBefore = true;

    private Instant begun = Instant.MIN;
    /** UP because a new process begins with it. */
    private boolean assumed;

    private void upSince(Instant processBegin) {
        Instant begin = lost != null && lost.silentFrom != null ? lost.silentFrom : processBegin;
        if (lost != null && lost.out != null) {
            end(lost.out, lost.at, EndedBy.UP, false);
        }
        if (spells.get(spells.size() - 1).from.equals(begin)) {
            spells.remove(spells.size() - 1);
        }
        assume(begin);
        lost = null;
    }

    /** The first line of all implies the state before it, back to the first line of its process. */
    private void begin(Worker process, Printed line) {
        String text = text(line.message());
        Health was = switch (text) {
            case "down", "maint", "drain", "check pass up", "check fail up", "dump up" -> Health.UP;
            case "leaves maint" -> Health.MAINT;
            case "leaves drain" -> Health.DRAIN;
            case "check fail down" -> upBefore(line) ? Health.UP : null;
            default -> null;
        };
        if (was != null && process.begin.isBefore(line.at())) {
            spells.add(new Spell(process.begin, was));
        }
    }

    /** The DOWN line follows its check line. */
    private boolean upBefore(Printed check) {
        return lines.stream()
                .filter(line -> line.pid() == check.pid()
                        && server.equals(line.message().serverName()))
                .filter(line -> !line.at().isBefore(check.at()))
                .anyMatch(line -> text(line.message()).equals("down")
                        && !line.at().isAfter(check.at().plus(TOGETHER)));
    }

    private void remember(Printed line) {
        if (!(line.message() instanceof CheckResult check)) {
            return;
        }
        lastCheck = check.outcome() + " " + check.health() + "/" + check.threshold();
        if (check.outcome() == CheckResult.Outcome.FAILED) {
            failingSince = failingSince == null ? line.at() : failingSince;
            lastFailure = check.reason();
        } else {
            failingSince = null;
            lastFailure = null;
        }
    }

    private void apply(Printed line) {
        String text = text(line.message());
        Instant at = line.at();
        if (line.message() instanceof CheckResult check) {
            String same = check.outcome() + " " + check.health() + "/" + check.threshold();
            boolean checkedAgain = state(Health.MAINT) && at.isAfter(since().plus(LONGEST_CHECK));
            boolean repeat = same.equals(lastCheck) && !settling(line) && !checkedAgain;
            if (checkedAgain) {
                failingSince = null;
            }
            remember(line);
            if (repeat || state(Health.MAINT) && !checkedAgain) {
                return;
            }
            rise(line, check);
        }
        switch (text) {
            case "down" -> {
                undecided = null;
                if (state(Health.DOWN) && !recoverUnseen()) {
                    Out out = open();
                    boolean ownOne = out.pid == line.pid();
                    out.certain &= !ownOne || !at.isAfter(out.start.plus(STARTUP));
                    return;
                }
                boolean joined = ((ServerSwitch) line.message()).reason() == null;
                down(
                        line,
                        joined ? lastFailure : ((ServerSwitch) line.message()).reason(),
                        joined ? failingSince : null);
            }
            case "check fail down" -> {
                if (state(Health.DOWN) && !(passedEnough != null && recoverUnseen())) {
                    if (open().reason == null && open().pid == line.pid()) {
                        open().reason = ((CheckResult) line.message()).reason();
                    }
                    return;
                }
                List<Spell> before = List.copyOf(spells);
                down(line, ((CheckResult) line.message()).reason(), failingSince);
                undecided = before;
            }
            case "check pass down" -> {
                if (!state(Health.DOWN) || recoverUnseen()) {
                    down(line, null, null);
                    open().certain = false;
                    open().firstSuccess = at;
                }
            }
            case "check pass up", "check fail up" -> {
                if (spells.isEmpty() || state(Health.UNKNOWN) || state(Health.MAINT)) {
                    enter(at, serving());
                } else if (state(Health.DOWN) && text.startsWith("check pass") && passedEnough == null) {
                    passedEnough = at;
                }
            }
            case "up" -> {
                ended(at, EndedBy.UP, true);
                enter(at, serving());
            }
            case "maint" -> {
                boolean overtaken = undecided != null
                        && state(Health.DOWN)
                        && !at.isAfter(open().start.plus(TOGETHER));
                if (overtaken) {
                    outs.remove(outs.size() - 1);
                    spells.clear();
                    spells.addAll(undecided);
                    passedEnough = null;
                } else if (!recoverUnseen()) {
                    ended(at, EndedBy.UP, false);
                }
                enter(at, Health.MAINT);
            }
            case "was down, maint" -> {
                ended(at, EndedBy.MAINTENANCE, true);
                enter(at, Health.MAINT);
            }
            case "leaves maint" -> {
                if (state(Health.DOWN) && dumped) {
                    outs.remove(outs.size() - 1);
                    Spell spell = spells.remove(spells.size() - 1);
                    spells.add(new Spell(spell.from, Health.MAINT));
                }
                recoverUnseen();
                draining = Boolean.TRUE.equals(((ServerSwitch) line.message()).drain());
                failingSince = null;
                lastFailure = null;
                lastCheck = null;
                ended(at, EndedBy.UNKNOWN, false);
                enter(at, serving());
            }
            case "leaves drain" -> {
                if (Boolean.FALSE.equals(((ServerSwitch) line.message()).up())) {
                    passedEnough = null;
                } else {
                    recoverUnseen();
                }
                draining = false;
                if (Boolean.FALSE.equals(((ServerSwitch) line.message()).up())) {
                    if (!state(Health.DOWN)) {
                        down(line, lastFailure, failingSince);
                    }
                    return;
                }
                ended(at, EndedBy.UP, true);
                enter(at, Health.UP);
            }
            case "drain" -> {
                if (((ServerSwitch) line.message()).counts().sessionsActive() == null) {
                    recoverUnseen();
                } else {
                    passedEnough = null;
                }
                draining = true;
                if (!state(Health.DOWN) && !state(Health.MAINT)) {
                    enter(at, Health.DRAIN);
                }
            }
            case "dump up" -> {
                recoverUnseen();
                if (!state(Health.UP) && !state(Health.DRAIN)) {
                    ended(at, EndedBy.UP, false);
                    enter(at, serving());
                }
            }
            case "dump down" -> {
                passedEnough = null;
                if (!state(Health.DOWN) && !state(Health.MAINT)) {
                    down(line, null, null);
                    open().certain = false;
                    dumped = true;
                }
            }
            case "told up", "told down", "told maint", "told drain" -> told(line, (ObservedServer) line.message());
            default -> throw new IllegalArgumentException(text);
        }
    }

    private void told(Printed line, ObservedServer told) {
        if (told.state() != Health.DOWN && !spells.isEmpty() && spells.get(spells.size() - 1).told) {
            recoverUnseen();
        }
        boolean toldBefore = !spells.isEmpty() && spells.get(spells.size() - 1).told;
        boolean inherited = state(Health.UP) && lastCheck == null && (assumed || since().isBefore(begun));
        if (!spells.isEmpty() && !state(Health.UNKNOWN) && !inherited && !toldBefore || state(told.state())) {
            return;
        }
        ended(line.at(), told.state() == Health.MAINT ? EndedBy.MAINTENANCE : EndedBy.UP, false);
        if (told.state() == Health.DOWN) {
            down(line, told.reason(), null);
            open().certain = false;
        } else {
            draining = told.state() == Health.DRAIN || told.state() == Health.MAINT && draining;
            enter(line.at(), told.state());
        }
        spells.get(spells.size() - 1).told = true;
    }

    private boolean dumped;

    /** The state before an outage that only a check line reported. */
    private @Nullable List<Spell> undecided;

    /** The line that settled a reload was remembered already. */
    private boolean settling(Printed line) {
        return line == settledAt;
    }

    private @Nullable Printed settledAt;

    private void rise(Printed line, CheckResult check) {
        if (!state(Health.DOWN)) {
            return;
        }
        boolean passed = check.outcome() != CheckResult.Outcome.FAILED;
        if (passed && open().firstSuccess == null) {
            open().firstSuccess = line.at();
        } else if (!passed && check.state() == CheckResult.State.DOWN && passedEnough == null) {
            open().firstSuccess = null;
        }
    }

    /** The check had passed often enough, and the line that says UP is missing. */
    private boolean recoverUnseen() {
        if (passedEnough == null || spells.isEmpty() || state() != Health.DOWN) {
            return false;
        }
        Instant at = passedEnough;
        ended(at, EndedBy.UP, false);
        enter(at, serving());
        return true;
    }

    private Health serving() {
        return draining ? Health.DRAIN : Health.UP;
    }

    private void down(Printed line, @Nullable CheckReason reason, @Nullable Instant firstFailure) {
        enter(line.at(), Health.DOWN);
        Out out = new Out();
        out.start = line.at();
        out.pid = line.pid();
        out.reason = reason;
        out.firstFailure = firstFailure;
        outs.add(out);
        dumped = false;
        passedEnough = null;
        undecided = null;
    }

    private void ended(Instant at, EndedBy by, boolean certain) {
        if (state(Health.DOWN)) {
            end(open(), at, by, certain && open().certain);
        }
        passedEnough = null;
    }

    private void end(Out out, Instant at, EndedBy by, boolean certain) {
        certainBefore = out.certain;
        out.end = at;
        out.by = by;
        out.certain = certain;
    }

    private Out open() {
        return outs.get(outs.size() - 1);
    }

    private Instant since() {
        return spells.get(spells.size() - 1).from;
    }

    private Health state() {
        return spells.get(spells.size() - 1).state;
    }

    private boolean state(Health state) {
        return !spells.isEmpty() && state() == state;
    }

    private void assume(Instant begin) {
        boolean same = state(Health.UP);
        enter(begin, Health.UP);
        assumed |= !same;
    }

    private void enter(Instant at, Health state) {
        if (state(state)) {
            return;
        }
        assumed = false;
        if (!spells.isEmpty() && !spells.get(spells.size() - 1).from.isBefore(at)) {
            spells.remove(spells.size() - 1);
        }
        spells.add(new Spell(at, state));
    }

    static String text(HealthMessage message) {
        if (message instanceof CheckResult check) {
            return "check " + (check.outcome() == CheckResult.Outcome.FAILED ? "fail " : "pass ")
                    + check.state().name().toLowerCase(java.util.Locale.ROOT);
        }
        if (message instanceof ServerSnapshot dump) {
            return dump.up() ? "dump up" : "dump down";
        }
        if (message instanceof ObservedServer told) {
            return "told " + told.state().word();
        }
        return switch (((ServerSwitch) message).transition()) {
            case DOWN -> "down";
            case UP -> "up";
            case MAINTENANCE -> "maint";
            case MAINTENANCE_FROM_DOWN -> "was down, maint";
            case LEAVES_FORCED_MAINTENANCE -> "leaves maint";
            case DRAIN -> "drain";
            case LEAVES_FORCED_DRAIN -> "leaves drain";
            default -> throw new IllegalArgumentException(message.toString());
        };
    }

    private String render() {
        if (!spells.isEmpty()) {
            recoverUnseen(); // as far as is known it is up again, for as long as nothing tells otherwise
        }
        List<String> states = new ArrayList<>();
        Map<Instant, String> sorted = new TreeMap<>();
        for (int i = 0; i < spells.size(); i++) {
            Spell spell = spells.get(i);
            Instant to = i + 1 < spells.size() ? spells.get(i + 1).from : null;
            states.add(spell.state.word() + " " + Story.span(spell.from, to));
        }
        for (Out out : outs) {
            sorted.put(
                    out.start,
                    "outage " + Story.span(out.start, out.end) + (out.by == null ? "" : " " + out.by.word())
                            + (out.reason == null ? "" : " " + out.reason.status())
                            + (out.firstFailure == null ? "" : " first " + Story.seconds(out.firstFailure))
                            + (out.firstSuccess == null ? "" : " success " + Story.seconds(out.firstSuccess))
                            + (out.certain ? "" : " uncertain"));
        }
        return String.join(", ", states) + (sorted.isEmpty() ? "" : "\n" + String.join("\n", sorted.values()));
    }
}
