package io.risefall.query.page.ingest;

import io.risefall.query.health.HealthCheck;
import io.risefall.query.page.PageTimes;
import io.risefall.query.report.model.Level;
import io.risefall.query.text.Counts;
import io.risefall.query.text.NameList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Whether what HAProxy prints arrives, in one sentence.
 *
 * @param level how bad it is
 * @param sentence with a full stop: the worst of what is wrong, or that nothing is
 * @param concerns all that is wrong, the worst first
 */
public record IngestVerdict(Level level, String sentence, List<Concern> concerns) {
    private static final int MOST_NAMES = 3;

    /** A HAProxy in use prints something each day. */
    private static final Duration LONG_AGO = Duration.ofDays(1);

    /**
     * Something that is wrong.
     *
     * @param sentence with a full stop
     * @param advice what to do about it; empty: nothing
     */
    public record Concern(Level level, String sentence, String advice) {}

    public IngestVerdict {
        concerns = List.copyOf(concerns);
    }

    /** @param checks those of {@code /readyz} */
    static IngestVerdict of(List<HealthCheck> checks, PipelineNow pipeline, PageTimes times) {
        List<Concern> concerns = new ArrayList<>();
        checks.stream()
                .filter(HealthCheck::isFailing)
                .map(check -> new Concern(Level.DOWN, sentence(check.detail()), sentence(check.remedy())))
                .forEach(concerns::add);
        addSilent(concerns, pipeline.nodes(), times);
        pipeline.nodes().stream()
                .filter(node -> node.behind() > 0)
                .map(node -> behind(node, times))
                .forEach(concerns::add);
        addClocks(concerns, pipeline.nodes());
        checks.stream()
                .filter(check -> !check.isOk() && !check.isFailing())
                .map(check -> new Concern(Level.UNKNOWN, sentence(check.detail()), sentence(check.remedy())))
                .forEach(concerns::add);
        return concerns.isEmpty()
                ? calm(pipeline, times)
                : new IngestVerdict(concerns.get(0).level(), concerns.get(0).sentence(), concerns);
    }

    private static IngestVerdict calm(PipelineNow pipeline, PageTimes times) {
        Instant last = pipeline.sources().stream()
                .map(SourceNow::lastAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        int followed = pipeline.followed().size();
        if (followed == 0) {
            String sentence = last == null
                    ? "No line has come yet."
                    : "No source is followed now; the last line that was read is of " + times.at(last) + ".";
            return new IngestVerdict(Level.UNKNOWN, sentence, List.of());
        }
        String read = followed == 1 ? "The source is read" : "All " + followed + " sources are read";
        if (last == null) {
            return new IngestVerdict(Level.UNKNOWN, read + "; no line has come yet.", List.of());
        }
        return last.isBefore(times.now().minus(LONG_AGO))
                ? new IngestVerdict(
                        Level.UNKNOWN, read + ", but the last line is " + times.ago(last) + " old.", List.of())
                : new IngestVerdict(Level.OK, read + "; the last line came " + times.ago(last) + " ago.", List.of());
    }

    private static void addSilent(List<Concern> concerns, List<NodeLog> nodes, PageTimes times) {
        List<NodeLog> silent = nodes.stream()
                .filter(node -> node.silent() && node.sameAs() == null)
                .sorted(Comparator.comparing(NodeLog::lastAt))
                .toList();
        if (silent.isEmpty()) {
            return;
        }
        String longest = times.ago(silent.get(0).lastAt());
        String sentence = silent.size() == 1
                ? "Node " + silent.get(0).node() + " has been silent for " + longest + "."
                : Counts.grouped(silent.size()) + " nodes are silent, the first for " + longest + ": "
                        + NameList.some(silent.stream().map(NodeLog::node).toList(), MOST_NAMES) + ".";
        concerns.add(new Concern(
                Level.TROUBLE,
                sentence,
                "HAProxy, its host or the way of its log is down: usual pauses are shorter. Its servers that were up count as unknown"
                        + " meanwhile."));
    }

    private static Concern behind(NodeLog node, PageTimes times) {
        String since = node.behindSince() == null ? "" : " since " + times.at(node.behindSince());
        return new Concern(
                Level.TROUBLE,
                Counts.plural(node.behind(), "record") + " of " + node.node() + " have not been processed" + since
                        + ".",
                "See that the streams part runs, and read its log; results for this node stop there.");
    }

    private static void addClocks(List<Concern> concerns, List<NodeLog> nodes) {
        List<NodeLog> wrong = nodes.stream().filter(NodeLog::isClockWrong).toList();
        if (!wrong.isEmpty()) {
            concerns.add(new Concern(
                    Level.TROUBLE,
                    "The stamps of "
                            + NameList.some(wrong.stream().map(NodeLog::node).toList(), MOST_NAMES)
                            + " do not fit the arrival of the lines.",
                    "Clock or zone is wrong, or lines are late on the way: see the table of load balancers."));
        }
    }

    /** A clause as a sentence. */
    private static String sentence(String clause) {
        return clause.isEmpty() ? "" : Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }
}
