package io.risefall.query.reconcile;

import io.risefall.query.reconcile.ComparedValue.Of;
import io.risefall.query.reconcile.ComparedValue.Verdict;
import io.risefall.query.reconcile.RecordedServer.Stretch;
import io.risefall.query.time.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the state and the counters of one server. */
final class ServerComparison {
    private static final long SECOND = 1_000;
    private static final String LOST = "were lines lost? See risefall query \"from losses\"";

    private final CountedServer counted;
    private final @Nullable RecordedServer known;
    private final List<Stretch> stretches;
    private final DowntimeRule rule;
    private final Coverage coverage;
    private final Instant begin;
    private final Instant end;

    /** @param known null: Risefall has no line of it */
    ServerComparison(
            HaproxyCounters counters, RecordedStates recorded, CountedServer counted, @Nullable RecordedServer known) {
        this.counted = counted;
        this.known = known;
        stretches = known == null ? List.of() : known.stretches();
        rule = DowntimeRule.of(counters.version());
        begin = Objects.requireNonNull(counters.begunAt());
        end = counters.takenAt();
        coverage = new Coverage(begin, end, recorded.knownFrom(), known, recorded.isLogged(counted.proxy()));
    }

    /** Of a server that HAProxy does not have. */
    static ComparedValue gone(RecordedServer server) {
        return new ComparedValue(
                server.proxy(),
                server.server(),
                Of.STATE,
                "not configured",
                server.state(),
                Verdict.EXPLAINED,
                "HAProxy prints nothing when a server is removed, by a reload or by del server");
    }

    List<ComparedValue> findings() {
        List<ComparedValue> findings = new ArrayList<>();
        findings.add(new StateComparison(counted, known, coverage).finding());
        if (counted.downs() != null) {
            findings.add(downs(counted.downs()));
        }
        if (counted.downSeconds() != null) {
            findings.add(downTime(counted.downSeconds()));
        }
        return findings;
    }

    private ComparedValue downs(long expected) {
        Transitions ours = Transitions.of(known, begin);
        Verdict verdict = Verdict.EXPLAINED;
        String why = ours.words();
        if (expected == ours.outages()) {
            verdict = Verdict.AGREES;
            why = "";
        } else if (expected != ours.counted() && expected > ours.outages() && coverage.missingMillis() > 0) {
            why = coverage.words();
        } else if (expected != ours.counted() && !coverage.logged()) {
            why = Coverage.NOT_LOGGED;
        } else if (expected != ours.counted()) {
            verdict = Verdict.DIFFERS;
            why = "with all that HAProxy counts it would be " + ours.counted() + "; " + LOST;
        }
        return finding(Of.DOWNS, String.valueOf(expected), String.valueOf(ours.outages()), verdict, why);
    }

    private ComparedValue downTime(long expectedSeconds) {
        long expected = expectedSeconds * SECOND;
        long outages = known == null ? 0 : known.millis("down", begin, end);
        Verdict verdict = Verdict.EXPLAINED;
        String why;
        if (near(expected, outages)) {
            verdict = Verdict.AGREES;
            why = "";
        } else if (rule != DowntimeRule.UNKNOWN && near(expected, rule.millis(stretches, begin, countedFrom(), end))) {
            why = whyTime();
        } else if (isInMaintenance(expected - outages)) {
            why = "it is in maintenance since then, which no line tells: HAProxy counts it while it lasts";
        } else if (isTakenOver(expected)) {
            why = "the process took over the outage and its begin from a server-state file";
        } else if (Math.abs(expected - outages) <= coverage.missingMillis() + tolerance()) {
            why = coverage.words();
        } else if (!coverage.logged()) {
            why = Coverage.NOT_LOGGED;
        } else {
            verdict = Verdict.DIFFERS;
            why = LOST;
        }
        return finding(Of.DOWN_TIME, Durations.text(expected), Durations.text(outages), verdict, why);
    }

    /** HAProxy counts in whole seconds, and the two are not asked in one moment. */
    private long tolerance() {
        long stops = stretches.stream()
                .filter(one -> !one.is("up") && !one.is("unknown"))
                .count();
        return SECOND * (2 + stops);
    }

    private boolean near(long expected, long found) {
        return Math.abs(expected - found) <= tolerance();
    }

    /** Since when the process calls a server DOWN that was so before it began. */
    private Instant countedFrom() {
        Instant said = known == null ? null : known.saidDown();
        return said == null ? begin : said;
    }

    private boolean isInMaintenance(long more) {
        Long changed = counted.changedSeconds();
        return counted.state().equals("maint") && changed != null && near(more, changed * SECOND);
    }

    private boolean isTakenOver(long expected) {
        if (stretches.isEmpty()
                || !stretches.get(0).is("down")
                || !stretches.get(0).from().isBefore(begin)) {
            return false;
        }
        Instant from = stretches.get(0).from();
        return near(expected, rule.millis(stretches, from, from, end));
    }

    private String whyTime() {
        boolean other = stretches.stream().anyMatch(one -> one.is("maint") || one.is("drain"));
        return other || rule == DowntimeRule.FORGETS_WHAT_ENDED
                ? rule.words()
                : "the outage began before this process: HAProxy counts from the first failed check of the new one, Risefall "
                        + "without a break";
    }

    private ComparedValue finding(Of of, String expected, String found, Verdict verdict, String why) {
        return new ComparedValue(counted.proxy(), counted.server(), of, expected, found, verdict, why);
    }
}
