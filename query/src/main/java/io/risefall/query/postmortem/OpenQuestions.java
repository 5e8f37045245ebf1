package io.risefall.query.postmortem;

import io.risefall.query.change.Change;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.postmortem.Postmortem.PastOutage;
import io.risefall.query.postmortem.Postmortem.Seen;
import io.risefall.query.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the log does not answer, for people to answer. */
final class OpenQuestions {
    private OpenQuestions() {}

    static List<String> of(
            List<PastOutage> outages, List<Seen> seen, @Nullable OutageDiagnosis diagnosis, List<Change> before) {
        List<String> questions = new ArrayList<>();
        if (!Postmortems.tellsACause(diagnosis)) {
            questions.add("What was the cause? The log cannot tell.");
        } else if (diagnosis != null && !diagnosis.confidence().equals("certain")) {
            questions.add("Was it really this: " + diagnosis.cause() + "? Settled by: " + diagnosis.settledBy());
        }
        if (!before.isEmpty()) {
            questions.add("Did what was done before have to do with it? Its time alone does not say so.");
        }
        long open = outages.stream().filter(outage -> outage.endedAt() == null).count();
        if (open > 0) {
            questions.add("When is it over? " + Counts.plural(open, "outage") + (open == 1 ? " has" : " have")
                    + " no end in the log.");
        }
        long inferred = outages.stream()
                .filter(outage -> !outage.certain() && outage.endedAt() != null)
                .count();
        if (inferred > 0) {
            questions.add("When exactly did " + (inferred == 1 ? "it" : Counts.plural(inferred, "outage"))
                    + " begin and end? The log only lets it be inferred.");
        }
        String up = seen.stream()
                .filter(node -> node.down() == 0 && node.unknown() == 0)
                .map(Seen::node)
                .collect(Collectors.joining(", "));
        if (!up.isEmpty()) {
            questions.add("Why did " + up + " not see it?");
        }
        String blind =
                seen.stream().filter(node -> node.unknown() > 0).map(Seen::node).collect(Collectors.joining(", "));
        if (!blind.isEmpty()) {
            questions.add("What did " + blind + " see? The log does not have the whole time.");
        }
        if (outages.stream().allMatch(outage -> outage.firstFailureAt() == null)) {
            questions.add(
                    "When did checks begin to fail? Only option log-health-checks shows it, or the reason is none of a check.");
        }
        questions.add("What did users notice? Checks are not their requests.");
        return questions;
    }
}
