package io.risefall.query.report.section;

import io.risefall.query.report.cause.Cause;
import io.risefall.query.report.cause.CauseInputs;
import io.risefall.query.report.cause.Causes;
import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.fleet.FleetOutages;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Reads an outage as one node saw it. */
final class OutageReader {
    private final Period period;
    private final RoleReader roles;

    OutageReader(Period period, RoleReader roles) {
        this.period = period;
        this.roles = roles;
    }

    /** A row of {@code outages.sql}, with its likely cause. */
    FleetOutages.NodeOutage ofDay(SqlQuery.Row row) throws SQLException {
        return seen(row, Causes.of(CauseInputs.of(row)));
    }

    /** Without its cause: of an outage around the period it is told by what the period has of it. */
    FleetOutages.NodeOutage around(SqlQuery.Row row) throws SQLException {
        return seen(row, new Diagnosis(Cause.CANNOT_TELL, Diagnosis.Confidence.NONE, "Not looked for.", List.of()));
    }

    private FleetOutages.NodeOutage seen(SqlQuery.Row row, Diagnosis diagnosis) throws SQLException {
        Instant started = row.at("started_us");
        Instant ended = row.atOrNull("ended_us");
        Instant until = ended == null ? period.validUntil(row.at("until_us")) : ended;
        return new FleetOutages.NodeOutage(
                new DayOutage(
                        row.text("outage_id"),
                        row.text("node"),
                        row.text("proxy"),
                        row.text("server"),
                        row.flag("backup"),
                        SeenBy.one(row.text("node")),
                        started,
                        ended,
                        row.number("duration_ms"),
                        period.inside(started, until),
                        row.textOrNull("ended_by"),
                        row.textOrNull("reason"),
                        row.textOrNull("reason_text"),
                        row.intOrNull("code"),
                        row.textOrNull("info"),
                        row.textOrNull("via"),
                        row.flag("agent"),
                        row.atOrNull("first_failure_us"),
                        row.flag("backend_emptied"),
                        row.flag("certain"),
                        row.atOrNull("first_success_us"),
                        row.numberOrNull("detection_ms"),
                        row.numberOrNull("recovery_ms"),
                        roles.isRole(row.text("proxy")),
                        diagnosis,
                        List.of()),
                until);
    }
}
