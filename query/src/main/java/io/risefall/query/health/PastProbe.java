package io.risefall.query.health;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Whether the files of days are there whose rows have left the warehouse. */
final class PastProbe implements HealthProbe {
    private final Supplier<List<String>> problems;

    PastProbe(Supplier<List<String>> problems) {
        this.problems = problems;
    }

    @Override
    public String name() {
        return "sealed_days";
    }

    @Override
    public ProbeResult look(Instant now) {
        List<String> found = problems.get();
        return found.isEmpty()
                ? ProbeResult.ok("the files of days that have left the warehouse are there")
                : ProbeResult.failing(
                        found.get(0) + (found.size() > 1 ? " (and " + (found.size() - 1) + " more)" : ""),
                        "what is missing is said by risefall retention --verify");
    }
}
