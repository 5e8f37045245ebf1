package io.risefall.query.postmortem;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.change.Change;
import io.risefall.query.change.Changes;
import io.risefall.query.diagnose.Diagnoses;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.postmortem.Postmortem.Capacity;
import io.risefall.query.postmortem.Postmortem.Moment;
import io.risefall.query.postmortem.Postmortem.PastOutage;
import io.risefall.query.postmortem.Postmortem.Seen;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from the warehouse's views what is known of one incident or outage. */
public final class Postmortems {
    private static final SqlQuery SUBJECT = new SqlQuery("postmortem/subject.sql");
    private static final SqlQuery INCIDENT_IDS = new SqlQuery("postmortem/incident_ids.sql");
    private static final SqlQuery NAMING = new SqlQuery("postmortem/naming.sql");
    private static final SqlQuery HOLDING = new SqlQuery("postmortem/holding.sql");
    private static final SqlQuery INCIDENT = new SqlQuery("postmortem/incident.sql");
    private static final SqlQuery OUTAGES = new SqlQuery("postmortem/outages.sql");
    private static final SqlQuery TIMELINE = new SqlQuery("postmortem/timeline.sql");
    private static final SqlQuery SEEN = new SqlQuery("postmortem/seen.sql");
    private static final SqlQuery CAPACITY = new SqlQuery("postmortem/capacity.sql");

    /** The line that ends it is still of it, and so is what a backend has then. */
    private static final Duration AFTER = Duration.ofSeconds(10);

    private Postmortems() {}

    private record Subject(String what, String id, String label, List<String> outages, Instant startedAt) {
        static Subject of(SqlQuery.Row row) throws SQLException {
            return new Subject(
                    row.text("what"), row.text("id"), row.text("label"), row.texts("outage_ids"), row.at("started_us"));
        }
    }

    /** An incident or an outage. */
    private record Holding(String id, Instant startedAt) {
        static Holding of(SqlQuery.Row row) throws SQLException {
            return new Holding(row.text("id"), row.at("started_us"));
        }
    }

    /**
     * All about one incident or outage.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param id its id, or as much of it as only one begins with
     * @throws QueryException where there is none, or several are
     */
    public static AnswerPage of(Connection views, String id, ZoneId zone) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            return new PostmortemPage(read(views, subject(views, id), zone), zone).page();
        }
    }

    /**
     * All about the incident of an id, be it the present one, or one that it had before an earlier outage joined, or that of one of
     * its outages; of an outage that belongs to no incident, about that alone.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param id the id, or as much of it as only one begins with
     * @throws QueryException where there is none, or several are
     */
    public static Postmortem ofIncident(Connection views, String id, ZoneId zone) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            List<Subject> incidents = incidents(views, id);
            return read(views, incidents.size() == 1 ? incidents.get(0) : subject(views, id), zone);
        }
    }

    /**
     * The one server that has an outage of such an id, or one that gives it to an incident; empty where several have, or none.
     *
     * @param views a connection that sees the warehouse's views; only read
     */
    public static Optional<String> serverOf(Connection views, String id) throws SQLException {
        List<String> servers = NAMING.query(views, row -> row.text("proxy") + "/" + row.text("server"), id);
        return servers.size() == 1 ? Optional.of(servers.get(0)) : Optional.empty();
    }

    private static List<Subject> incidents(Connection views, String id) throws SQLException {
        List<Holding> naming = NAMING.query(views, Holding::of, id);
        // Nearly always one outage: then it is enough to look at its time.
        List<Holding> holding = naming.size() < 2 ? naming : HOLDING.query(views, Holding::of, id);
        return holding.size() == 1
                ? INCIDENT.query(views, Subject::of, holding.get(0).startedAt, holding.get(0).id)
                : List.of();
    }

    private static Subject subject(Connection views, String id) throws SQLException {
        List<Subject> found = SUBJECT.query(views, Subject::of, id);
        // Most ids are whole and of outages, and to work out incidents takes longer.
        if (found.size() == 1 && found.get(0).id.equals(id)) {
            return found.get(0);
        }
        List<Holding> incidents = INCIDENT_IDS.query(views, Holding::of, id);
        if (found.isEmpty() && incidents.size() == 1) {
            return INCIDENT.query(views, Subject::of, incidents.get(0).startedAt, incidents.get(0).id)
                    .get(0);
        }
        found = Stream.concat(
                        incidents.stream().map(one -> new Subject("incident", one.id, "", List.of(), one.startedAt)),
                        found.stream())
                .sorted(Comparator.comparing(Subject::startedAt)
                        .reversed()
                        .thenComparing(Subject::what)
                        .thenComparing(Subject::id))
                .toList();
        if (found.isEmpty()) {
            throw new QueryException("no incident and no outage has an id that starts with " + Printable.of(id)
                    + "; to list them: risefall query \"from incidents\", risefall query \"from outages\"");
        }
        if (found.size() > 1) {
            throw new QueryException("several ids start with " + Printable.of(id) + ": the " + found.get(0).what + " "
                    + found.get(0).id + ", the " + found.get(1).what + " " + found.get(1).id
                    + (found.size() > 2 ? ", …" : ""));
        }
        return found.get(0);
    }

    private static Postmortem read(Connection views, Subject subject, ZoneId zone) throws SQLException {
        List<PastOutage> outages = OUTAGES.query(views, PastOutage::of, subject.outages);
        PastOutage first = outages.get(0);
        boolean open = outages.stream().anyMatch(outage -> outage.endedAt() == null);
        Instant until = outages.stream()
                .map(PastOutage::until)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant from = first.startedAt().minus(Changes.SHORTLY);
        Instant to = until.plus(AFTER);
        List<String> backends =
                outages.stream().map(PastOutage::proxy).distinct().toList();
        List<Seen> seen = SEEN.query(views, Seen::of, subject.outages, first.startedAt(), until);
        OutageDiagnosis diagnosis = new Diagnoses(views, zone, false).within(first.outageId(), first.startedAt());
        List<Change> before = diagnosis == null ? List.of() : diagnosis.changesBefore();
        return new Postmortem(
                Postmortem.FORMAT,
                sentence(outages, open, until),
                subject.what,
                subject.id,
                subject.label,
                zone.getId(),
                first.startedAt(),
                open ? null : until,
                outages,
                TIMELINE.query(views, Moment::of, subject.outages, from, to),
                seen,
                CAPACITY.query(
                        views, Capacity::of, subject.outages, first.startedAt().minusSeconds(1), to, backends),
                diagnosis,
                before,
                OpenQuestions.of(outages, seen, diagnosis, before));
    }

    private static String sentence(List<PastOutage> outages, boolean open, Instant until) {
        PastOutage first = outages.get(0);
        long servers = outages.stream()
                .map(outage -> outage.proxy() + "/" + outage.server())
                .distinct()
                .count();
        long nodes = outages.stream().map(PastOutage::node).distinct().count();
        String lasted =
                Durations.text(Duration.between(first.startedAt(), until).toMillis());
        return (servers == 1
                        ? first.proxy() + "/" + first.server() + " was"
                        : Counts.plural(servers, "server") + " were")
                + " down" + (open ? ", and the outage is not over after " + lasted : " within " + lasted)
                + ", as " + (nodes == 1 ? first.node() : Counts.loadBalancers((int) nodes)) + " saw it.";
    }

    /** A diagnosis may be missing: of an outage without a line. */
    static boolean tellsACause(@Nullable OutageDiagnosis diagnosis) {
        return diagnosis != null && !diagnosis.confidence().equals("none");
    }
}
