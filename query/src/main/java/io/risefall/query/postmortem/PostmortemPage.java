package io.risefall.query.postmortem;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.postmortem.Postmortem.Capacity;
import io.risefall.query.postmortem.Postmortem.Moment;
import io.risefall.query.postmortem.Postmortem.PastOutage;
import io.risefall.query.postmortem.Postmortem.Seen;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A postmortem in words and tables. */
final class PostmortemPage {
    /** So wide is the longest bar. */
    private static final int BAR = 20;

    private final Postmortem postmortem;
    private final ZoneId zone;
    private final LocalTimes times;

    PostmortemPage(Postmortem postmortem, ZoneId zone) {
        this.postmortem = postmortem;
        this.zone = zone;
        times = new LocalTimes(postmortem.startedAt().atZone(zone).toLocalDate(), zone);
    }

    AnswerPage page() {
        List<ReportTable> tables = Stream.of(
                        timeline(), changes(), outages(), seen(), capacity(), evidence(), questions())
                .filter(table -> !table.rows().isEmpty())
                .toList();
        return new AnswerPage(
                "Postmortem of " + postmortem.what() + " " + postmortem.id(),
                postmortem.sentence(),
                facts(),
                tables,
                List.of(
                        "All is from HAProxy's log. What was done before is a fact of its time, not a cause.",
                        "The lines behind the numbers: " + ExplainTarget.command(postmortem.id())),
                postmortem,
                csv());
    }

    private List<List<String>> facts() {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("What", postmortem.label()));
        facts.add(List.of("From", times.full(postmortem.startedAt())));
        facts.add(List.of("To", postmortem.endedAt() == null ? "still down" : times.full(postmortem.endedAt())));
        OutageDiagnosis diagnosis = postmortem.diagnosis();
        if (diagnosis == null || diagnosis.confidence().equals("none")) {
            facts.add(List.of("Cause", "the log cannot tell"));
        } else {
            facts.add(List.of("Cause", diagnosis.cause() + " (" + diagnosis.confidence() + ")"));
            facts.add(List.of("Because", diagnosis.because()));
            diagnosis.against().forEach(against -> facts.add(List.of("But", against)));
        }
        lag(
                        "Noticed",
                        postmortem.outages().stream()
                                .map(PastOutage::detectionMs)
                                .toList(),
                        "from the first failed check to DOWN")
                .ifPresent(facts::add);
        lag(
                        "Back",
                        postmortem.outages().stream()
                                .map(PastOutage::recoveryMs)
                                .toList(),
                        "from the first passed check to UP")
                .ifPresent(facts::add);
        return facts;
    }

    private static Optional<List<String>> lag(String name, List<@Nullable Long> millis, String what) {
        LongSummaryStatistics lags = millis.stream()
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .summaryStatistics();
        if (lags.getCount() == 0) {
            return Optional.empty();
        }
        String shortest = Durations.text(lags.getMin());
        String longest = Durations.text(lags.getMax());
        return Optional.of(
                List.of(name, (shortest.equals(longest) ? longest : shortest + " to " + longest) + " " + what));
    }

    private ReportTable timeline() {
        return new ReportTable(
                "Timeline",
                List.of(
                        ReportTable.left("time", 23),
                        ReportTable.left("node", 12),
                        ReportTable.left("of", 18),
                        ReportTable.left("what", 18),
                        ReportTable.left("line", 36)),
                postmortem.timeline().stream().map(this::moment).toList(),
                "");
    }

    private List<String> moment(Moment moment) {
        return List.of(
                LocalTimes.toMillis(moment.at(), zone),
                orDash(moment.node()),
                orDash(moment.subject()),
                moment.what(),
                orDash(moment.message()));
    }

    private ReportTable changes() {
        return new ReportTable(
                "Done in the ten minutes before",
                List.of(ReportTable.left("what", 90)),
                postmortem.changesBefore().stream()
                        .map(change -> List.of(Printable.of(change.before(postmortem.startedAt()))))
                        .toList(),
                "");
    }

    private ReportTable outages() {
        boolean reached = postmortem.outages().stream().anyMatch(outage -> outage.reached() != null);
        List<ReportTable.Column> columns = new ArrayList<>(List.of(
                ReportTable.left("server", 20),
                ReportTable.left("node", 12),
                ReportTable.left("DOWN", 19),
                ReportTable.left("end", 19),
                ReportTable.right("lasted", 11),
                ReportTable.left("reason", 10),
                ReportTable.right("noticed", 9),
                ReportTable.right("back", 9)));
        if (reached) {
            columns.add(ReportTable.left("reached at", 30));
        }
        return new ReportTable(
                "Outages",
                columns,
                postmortem.outages().stream()
                        .map(outage -> outage(outage, reached))
                        .toList(),
                "noticed: from the first failed check to DOWN. back: from the first passed check to UP.");
    }

    private List<String> outage(PastOutage outage, boolean reached) {
        String code = outage.code() == null || outage.code() == 0 ? "" : " " + outage.code();
        List<String> cells = new ArrayList<>(List.of(
                Printable.of(outage.proxy() + "/" + outage.server()),
                Printable.of(outage.node()),
                times.at(outage.startedAt()),
                outage.endedAt() == null
                        ? "still down"
                        : times.at(outage.endedAt())
                                + ("up".equals(outage.endedBy()) ? "" : " (" + outage.endedBy() + ")"),
                Durations.text(outage.durationMs()),
                outage.reason() == null ? "–" : outage.reason() + code,
                Durations.textOrDash(outage.detectionMs()),
                Durations.textOrDash(outage.recoveryMs())));
        if (reached) {
            cells.add(outage.reached() == null ? "–" : Printable.of(outage.reached()));
        }
        return cells;
    }

    private ReportTable seen() {
        return new ReportTable(
                "What each load balancer saw",
                List.of(
                        ReportTable.left("node", 20),
                        ReportTable.right("servers", 8),
                        ReportTable.right("down", 8),
                        ReportTable.right("unknown", 8),
                        ReportTable.right("maintenance", 11),
                        ReportTable.left("first DOWN", 19),
                        ReportTable.left("last back", 19)),
                postmortem.seen().stream().map(this::seen).toList(),
                "");
    }

    private List<String> seen(Seen node) {
        return List.of(
                Printable.of(node.node()),
                String.valueOf(node.servers()),
                String.valueOf(node.down()),
                String.valueOf(node.unknown()),
                String.valueOf(node.maint()),
                times.atOrDash(node.firstDownAt()),
                node.down() > 0 && node.lastDownAt() == null ? "still down" : times.atOrDash(node.lastDownAt()));
    }

    private ReportTable capacity() {
        long most = postmortem.capacity().stream()
                .mapToLong(Capacity::servers)
                .max()
                .orElse(1);
        return new ReportTable(
                "Servers up over time",
                List.of(
                        ReportTable.left("from", 23),
                        ReportTable.left("backend", 16),
                        ReportTable.left("node", 12),
                        ReportTable.right("up", 5),
                        ReportTable.right("backup up", 9),
                        ReportTable.right("of", 5),
                        ReportTable.left("", BAR)),
                postmortem.capacity().stream().map(row -> capacity(row, most)).toList(),
                "");
    }

    private List<String> capacity(Capacity row, long most) {
        int width = (int) Math.min(BAR, most);
        long up = row.activeUp() + row.backupUp();
        int full = up == 0 ? 0 : (int) Math.max(1, up * width / most);
        int all = (int) Math.max(full, row.servers() * width / most);
        return List.of(
                LocalTimes.toMillis(row.fromAt(), zone),
                Printable.of(row.proxy()),
                Printable.of(row.node()),
                String.valueOf(row.activeUp()),
                String.valueOf(row.backupUp()),
                String.valueOf(row.servers()),
                "█".repeat(full) + "░".repeat(all - full));
    }

    private ReportTable evidence() {
        OutageDiagnosis diagnosis = postmortem.diagnosis();
        List<LogLine> lines = diagnosis == null ? List.of() : diagnosis.evidence();
        return new ReportTable(
                "Lines that show the cause",
                List.of(ReportTable.left("what", 30), ReportTable.left("line", 64)),
                lines.stream()
                        .map(line -> List.of(line.why(), Printable.of(line.line())))
                        .toList(),
                "");
    }

    private ReportTable questions() {
        return new ReportTable(
                "Open questions",
                List.of(ReportTable.left("question", 95)),
                postmortem.openQuestions().stream()
                        .map(question -> List.of(Printable.of(question)))
                        .toList(),
                "");
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "–" : Printable.of(text);
    }

    private List<List<String>> csv() {
        return Stream.concat(
                        Stream.of(List.of("at", "node", "subject", "what", "message")),
                        postmortem.timeline().stream()
                                .map(moment -> Stream.of(
                                                (Object) moment.at(),
                                                moment.node(),
                                                moment.subject(),
                                                moment.what(),
                                                moment.message())
                                        .map(cell -> cell == null ? "" : cell.toString())
                                        .toList()))
                .toList();
    }
}
