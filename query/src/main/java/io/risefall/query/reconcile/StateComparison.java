package io.risefall.query.reconcile;

import io.risefall.query.reconcile.ComparedValue.Of;
import io.risefall.query.reconcile.ComparedValue.Verdict;
import io.risefall.query.reconcile.RecordedServer.Stretch;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the state of one server.
 *
 * @param known null: Risefall has no line of it
 */
record StateComparison(CountedServer counted, @Nullable RecordedServer known, Coverage coverage) {
    /** A line of so recent a change may not be in the warehouse yet. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(5);

    ComparedValue finding() {
        String expected = counted.state();
        String found = known == null ? "no line" : known.state();
        if (expected.equals(found)) {
            return finding(found, Verdict.AGREES, "");
        }
        String why = why(expected, found);
        return why == null
                ? finding(found, Verdict.DIFFERS, "was the line lost, or is the log not read any more?")
                : finding(found, Verdict.EXPLAINED, why);
    }

    private @Nullable String why(String expected, String found) {
        Long changed = counted.changedSeconds();
        if (changed != null && changed <= UNDER_WAY.toSeconds()) {
            return "it changed " + changed + " s before HAProxy was asked: the line may be under way; ask again";
        }
        if (known == null) {
            return ofNoLine(expected);
        }
        List<Stretch> stretches = known.stretches();
        Stretch last = stretches.get(stretches.size() - 1);
        if (found.equals("unknown")) {
            return "not known since " + (last.cause().isEmpty() ? "its last line" : "a " + last.cause())
                    + ": HAProxy prints a state only when it changes";
        }
        if (last.from().isBefore(coverage.begin()) && (expected.equals("maint") || found.equals("maint"))) {
            return "the process began later: a new process takes maintenance from its configuration, and prints no line of it";
        }
        return notKnown();
    }

    private @Nullable String notKnown() {
        return coverage.missingMillis() > 0 ? coverage.words() : coverage.logged() ? null : Coverage.NOT_LOGGED;
    }

    private @Nullable String ofNoLine(String expected) {
        return switch (expected) {
            case "up" -> "HAProxy prints nothing of a server that is UP from the start";
            case "maint" ->
                "HAProxy prints nothing of a server that is disabled in the configuration, or of an empty slot of a "
                        + "server-template";
            default -> notKnown();
        };
    }

    private ComparedValue finding(String found, Verdict verdict, String why) {
        return new ComparedValue(counted.proxy(), counted.server(), Of.STATE, counted.status(), found, verdict, why);
    }
}
