package io.risefall.query.diagnose;

import io.risefall.query.change.Change;
import io.risefall.query.change.Changes;
import io.risefall.query.explain.OutageExplainer;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.report.cause.CauseInputs;
import io.risefall.query.report.cause.Causes;
import io.risefall.query.report.cause.CounterEvidence;
import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.model.Period;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.KnownServer;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names the causes of outages, with the lines. Lives for one answer, in one thread. */
public final class Diagnoses {
    private static final SqlQuery CHOSEN = new SqlQuery("diagnose/outages.sql");
    private static final SqlQuery BEGUN = new SqlQuery("diagnose/begun.sql");
    private static final SqlQuery KNOWN = new SqlQuery("report/known.sql");
    private static final SqlQuery OUTAGES = new SqlQuery("report/outages.sql");

    /** More than a person reads at once; the report has them all. */
    private static final int MOST = 5;

    private static final int MOST_LINES = 4;
    private static final Optional<OutageDiagnosis> NONE = Optional.empty();

    /** Servers that fail by the same cause go down so soon after each other. */
    private static final Duration TOGETHER = Duration.ofMinutes(1);

    /** Between outages farther apart there may be too many others. */
    private static final Duration AT_ONCE = Duration.ofHours(1);

    private final Connection views;
    private final ZoneId zone;
    private final boolean withServers;

    /**
     * @param views a connection that sees the warehouse's views; only read
     * @param withServers whether the answer names all servers that were asked about
     */
    public Diagnoses(Connection views, ZoneId zone, boolean withServers) {
        this.views = views;
        this.zone = zone;
        this.withServers = withServers;
    }

    private record Chosen(String id, Instant started, boolean open) {
        static Chosen read(SqlQuery.Row row) throws SQLException {
            return new Chosen(row.text("id"), row.at("started_us"), row.flag("open"));
        }
    }

    /** The outage of an id, or of as much of it as only one begins with. */
    public DiagnosisAnswer ofOutage(String id) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            return ofId(id);
        }
    }

    private DiagnosisAnswer ofId(String id) throws SQLException {
        List<Chosen> chosen = CHOSEN.query(views, Chosen::read, id, null, null, null);
        if (chosen.isEmpty()) {
            throw new QueryException("no outage has an id that starts with " + Printable.of(id)
                    + "; to list all outages: risefall query \"select outage_id, * from outages\"");
        }
        if (chosen.size() > 1) {
            throw new QueryException(Counts.plural(chosen.size(), "id") + " start with " + Printable.of(id) + ": "
                    + chosen.get(0).id + ", " + chosen.get(1).id + (chosen.size() > 2 ? ", …" : ""));
        }
        return answer("outage " + chosen.get(0).id, true, ServerTarget.ALL, chosen);
    }

    /** The open outages of some servers; without one, the latest of each. */
    public DiagnosisAnswer of(ServerTarget target) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            return ofServers(target);
        }
    }

    private DiagnosisAnswer ofServers(ServerTarget target) throws SQLException {
        List<Chosen> chosen = CHOSEN.query(views, Chosen::read, null, target.proxy(), target.server(), target.node());
        if (chosen.isEmpty()) {
            KnownServers.of(views).meant(target);
        }
        return answer(target.toString(), false, target, chosen);
    }

    private DiagnosisAnswer answer(String asked, boolean oneOutage, ServerTarget target, List<Chosen> chosen)
            throws SQLException {
        List<OutageDiagnosis> outages = new ArrayList<>();
        List<Chosen> shown = chosen.subList(0, Math.min(MOST, chosen.size()));
        List<Change> changes =
                Changes.before(views, shown.stream().map(Chosen::started).toList());
        Map<String, OutageDiagnosis> diagnosed = diagnosed(shown);
        Map<String, List<LogLine>> lines = new OutageExplainer(views, zone).linesOf(List.copyOf(diagnosed.keySet()));
        for (Chosen one : shown) {
            OutageDiagnosis found = diagnosed.get(one.id);
            if (found != null) {
                outages.add(withLines(found, lines.getOrDefault(one.id, List.of()), changes));
            }
        }
        return new DiagnosisAnswer(
                DiagnosisAnswer.FORMAT,
                asked,
                sentence(asked, oneOutage, chosen, outages),
                zone.getId(),
                outages,
                chosen.size() - outages.size(),
                withServers ? servers(target) : List.of(),
                List.of(),
                List.of());
    }

    private List<String> servers(ServerTarget target) throws SQLException {
        return KnownServers.of(views).all().stream()
                .filter(server -> target.includes(server.node(), server.name()))
                .map(KnownServer::name)
                .distinct()
                .toList();
    }

    /** Of the present only where the log tells of it. */
    private String sentence(String asked, boolean oneOutage, List<Chosen> chosen, List<OutageDiagnosis> outages)
            throws SQLException {
        if (outages.isEmpty()) {
            return "No outage of " + asked + " is in the log.";
        }
        long open = chosen.stream().filter(Chosen::open).count();
        OutageDiagnosis first = outages.get(0);
        String name = Printable.of(first.name());
        String cause =
                ": " + first.cause() + (first.confidence().equals("none") ? "" : " (" + first.confidence() + ")") + ".";
        if (oneOutage && open == 0) {
            return name + " was down" + cause;
        }
        Instant end = logEnd();
        String ended = end == null ? "" : " when the log ended, at " + LocalTimes.toMillis(end, zone);
        if (open == 0) {
            return (end == null ? "Nothing is down now" : "Nothing was down" + ended)
                    + ". The latest outage was that of " + name + cause;
        }
        if (open == 1) {
            return name + (end == null ? " is down" : " was down" + ended) + cause;
        }
        return Counts.plural(open, "outage") + (end == null ? " are open" : " were open" + ended) + "; the latest "
                + (end == null ? "is" : "was") + " that of " + name + cause;
    }

    /** When the last log ended; null: a log tells of the present. */
    private @Nullable Instant logEnd() throws SQLException {
        Instant last = KNOWN.query(views, row -> row.at("until_us")).stream()
                .max(Comparator.naturalOrder())
                .orElse(null);
        return last == null || Period.isFresh(last, Instant.now()) ? null : last;
    }

    /** Of one outage, as part of a greater answer in a transaction of its own; null where the log has no more than its existence. */
    public @Nullable OutageDiagnosis within(String id, Instant started) throws SQLException {
        OutageDiagnosis found =
                diagnosed(List.of(new Chosen(id, started, false))).get(id);
        return found == null
                ? null
                : withLines(
                        found,
                        new OutageExplainer(views, zone).linesOf(List.of(id)).getOrDefault(id, List.of()),
                        Changes.before(views, List.of(started)));
    }

    /**
     * Of some outages, without their lines and what was done before, as part of a greater answer in a transaction of its own.
     *
     * @param outages ids, and when each was marked DOWN
     */
    public Map<String, OutageDiagnosis> causes(Map<String, Instant> outages) throws SQLException {
        return diagnosed(outages.entrySet().stream()
                .map(one -> new Chosen(one.getKey(), one.getValue(), true))
                .toList());
    }

    /**
     * Of the one of some outages that began first, without its lines and what was done before. Reads what was down then, and not all
     * outages.
     *
     * @param ids whole ids
     * @param from not after the first of them began
     * @return null: none of them began since then
     */
    public @Nullable OutageDiagnosis first(List<String> ids, Instant from) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            List<Chosen> begun = BEGUN.query(views, Chosen::read, ids, from);
            return begun.isEmpty() ? null : diagnosed(begun).get(begun.get(0).id);
        }
    }

    private static OutageDiagnosis withLines(OutageDiagnosis found, List<LogLine> lines, List<Change> changes) {
        return found.with(
                lines.stream().filter(LogLine::counts).limit(MOST_LINES).toList(),
                changes.stream()
                        .filter(change ->
                                change.isBefore(found.node(), found.proxy(), found.server(), found.startedAt()))
                        .toList());
    }

    /** By id. At once where they are near each other: to plan the query takes longer than to run it. */
    private Map<String, OutageDiagnosis> diagnosed(List<Chosen> chosen) throws SQLException {
        List<Instant> begun = chosen.stream().map(Chosen::started).sorted().toList();
        Map<String, OutageDiagnosis> found = new HashMap<>();
        if (begun.isEmpty()) {
            return found;
        }
        Instant first = begun.get(0);
        Instant last = begun.get(begun.size() - 1);
        if (last.isAfter(first.plus(AT_ONCE))) {
            for (Chosen one : chosen) {
                found.putAll(diagnosed(List.of(one)));
            }
            return found;
        }
        Set<String> wanted = chosen.stream().map(Chosen::id).collect(Collectors.toSet());
        OUTAGES
                .query(
                        views,
                        row -> wanted.contains(row.text("outage_id")) ? Optional.of(diagnosis(row)) : NONE,
                        first,
                        last.plus(TOGETHER),
                        first,
                        TimeUnit.MILLISECONDS.toMicros(TOGETHER.toMillis()))
                .stream()
                .flatMap(Optional::stream)
                .forEach(one -> found.put(one.id(), one));
        return found;
    }

    private OutageDiagnosis diagnosis(SqlQuery.Row row) throws SQLException {
        CauseInputs facts = CauseInputs.of(row);
        Diagnosis diagnosis = Causes.of(facts);
        List<String> against = new ArrayList<>(CounterEvidence.against(diagnosis.cause(), facts));
        if (!row.flag("certain")) {
            against.add("The outage itself is not certain: no line shows both its start and its end.");
        }
        return new OutageDiagnosis(
                row.text("outage_id"),
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                row.at("started_us"),
                row.atOrNull("ended_us"),
                row.number("duration_ms"),
                row.textOrNull("reason"),
                row.intOrNull("code"),
                row.textOrNull("info"),
                diagnosis.cause().words(),
                diagnosis.confidence().name().toLowerCase(Locale.ROOT),
                diagnosis.why(),
                List.of(),
                against,
                CounterEvidence.settledBy(diagnosis.cause()),
                diagnosis.next(),
                List.of(),
                facts.failedCheckMs(),
                facts.slowestPassMs(),
                List.of());
    }
}
