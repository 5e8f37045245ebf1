package io.risefall.query.reconcile;

import io.risefall.query.reconcile.ComparedValue.Verdict;
import java.util.List;

/**
 * What the comparison found.
 *
 * @param findings one for each state and counter
 */
public record Reconciliation(HaproxyCounters counters, RecordedStates recorded, List<ComparedValue> findings) {
    /** The exit code where something differs and nothing explains it. */
    private static final int DIFFERENT = 1;

    public Reconciliation {
        findings = List.copyOf(findings);
    }

    /** 0: all agrees or is explained; 1: something differs. */
    public int exitCode() {
        return count(Verdict.DIFFERS) == 0 ? 0 : DIFFERENT;
    }

    long count(Verdict verdict) {
        return of(verdict).size();
    }

    List<ComparedValue> of(Verdict verdict) {
        return findings.stream().filter(one -> one.verdict() == verdict).toList();
    }
}
