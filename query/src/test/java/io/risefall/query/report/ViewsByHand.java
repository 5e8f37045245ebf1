package io.risefall.query.report;

import io.risefall.schemas.*;
import java.sql.*;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.*;

/** Temporary: tables with the names and columns of the warehouse's views. */
final class ViewsByHand {
    static Connection open(History... histories) throws SQLException {
        Connection c = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement s = c.createStatement()) {
            s.execute("set TimeZone='UTC'");
            for (String sql : new String[] {
                "create table states(node varchar, proxy varchar, server varchar, state varchar, from_at timestamptz, to_at timestamptz, cause varchar)",
                "create table outages(outage_id varchar, node varchar, proxy varchar, server varchar, backup boolean, started_at timestamptz, ended_at timestamptz, duration_ms bigint, ended_by varchar, reason varchar, reason_text varchar, code integer, info varchar, via varchar, agent boolean, joined boolean, first_failure_at timestamptz, backend_emptied boolean, certain boolean)",
                "create table checks(\"at\" timestamptz, node varchar, proxy varchar, server varchar, agent boolean, outcome varchar, reason varchar, code integer, info varchar, duration_ms bigint, health integer, threshold integer, state varchar, pid bigint)",
                "create table events(\"at\" timestamptz, received_at timestamptz, node varchar, pid bigint, severity varchar, kind varchar, proxy varchar, server varchar, message varchar, source varchar, position bigint)",
                "create table reasons_hour(hour timestamptz, node varchar, proxy varchar, server varchar, reason varchar, code integer, failures bigint, downs bigint, max_duration_ms bigint)",
                "create table flapping(node varchar, proxy varchar, server varchar, started_at timestamptz, ended_at timestamptz, downs integer, peak_penalty double)",
                "create table backend_outages(node varchar, proxy varchar, started_at timestamptz, ended_at timestamptz, duration_ms bigint)",
                "create table ingest(source varchar, lines bigint, events bigint, traffic bigint, repeats bigint, rejected bigint, first_at timestamptz, last_at timestamptz)",
                "create view servers as select node, proxy, server, starts_with(server, 'b-') as backup, arg_max(state, from_at) as state, max(from_at) as since, null::varchar as last_reason, max(from_at) as last_seen, false as flapping, 1::bigint as pid from states group by all",
                "create macro server_day_in(z) as table select (started_at at time zone z)::date as day, node, proxy, server, count(*) as outages, count(*) filter (where ended_by='up') as flaps, 0::bigint as flapping_ms, avg(date_diff('millisecond', started_at, ended_at))::bigint as mttr_ms from outages group by all",
            }) s.execute(sql);
        }
        for (History h : histories) {
            for (StateRecord r : h.states) {
                if (r instanceof StateInterval i) {
                    run(
                            c,
                            "insert into states values (?,?,?,?,make_timestamptz(?),make_timestamptz(?),?)",
                            i.node(),
                            i.server().proxy(),
                            i.server().server(),
                            i.state().word(),
                            us(i.fromAt()),
                            us(i.toAt()),
                            i.cause());
                } else if (r instanceof Outage o) {
                    CheckReason w = o.reason();
                    run(
                            c,
                            "insert into outages values (?,?,?,?,?,make_timestamptz(?),make_timestamptz(?),0,?,?,?,?,?,?,?,?,make_timestamptz(?),?,?)",
                            o.key(),
                            o.node(),
                            o.server().proxy(),
                            o.server().server(),
                            o.backup(),
                            us(o.startedAt()),
                            us(o.endedAt()),
                            o.endedBy() == null ? null : o.endedBy().word(),
                            w == null ? null : w.status().name(),
                            w == null ? null : w.status().text(),
                            w == null ? null : w.code(),
                            w == null ? null : w.info(),
                            o.via() == null ? null : o.via().toString(),
                            o.agent(),
                            o.joined(),
                            us(o.firstFailureAt()),
                            o.backendEmptied(),
                            o.certain());
                } else if (r instanceof BackendOutage b) {
                    run(
                            c,
                            "insert into backend_outages values (?,?,make_timestamptz(?),make_timestamptz(?),0)",
                            b.node(),
                            b.proxy(),
                            us(b.startedAt()),
                            us(b.endedAt()));
                }
            }
            for (Rollup r : h.rollups) {
                run(
                        c,
                        "insert into reasons_hour values (make_timestamptz(?),?,?,?,?,?,?,?,?)",
                        us(r.minute().truncatedTo(ChronoUnit.HOURS)),
                        r.node(),
                        r.server().proxy(),
                        r.server().server(),
                        r.reason().name(),
                        r.code(),
                        r.failures(),
                        r.downs(),
                        r.maxDurationMillis());
            }
            for (Flapping f : h.flapping) {
                run(
                        c,
                        "insert into flapping values (?,?,?,make_timestamptz(?),make_timestamptz(?),?,?)",
                        f.node(),
                        f.server().proxy(),
                        f.server().server(),
                        us(f.startedAt()),
                        us(f.calmAt()),
                        f.downs(),
                        f.peakPenalty());
            }
        }
        run(c, "insert into ingest values ('file:/var/log/haproxy.log', 184213, 412, 183700, 96, 5, null, null)");
        return c;
    }

    static Long us(Instant at) {
        return at == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static void run(Connection c, String sql, Object... ps) throws SQLException {
        try (PreparedStatement p = c.prepareStatement(sql)) {
            for (int i = 0; i < ps.length; i++) p.setObject(i + 1, ps[i]);
            p.execute();
        }
    }
}
