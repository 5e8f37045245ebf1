package io.risefall.query.report.evidence;

import io.risefall.query.report.model.DayBackendOutage;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Incident;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ReasonHour;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.SectionRows;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.Sightings;
import io.risefall.query.report.model.Traces;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads what stands behind the numbers of one day's page, with so many statements for however many rows. Lives for one report. */
public final class DayEvidence {
    /** Lines of one page; a page is to be mailed. */
    private static final int MOST_LINES = 300;

    /** Of them for outages, so that other numbers have some too. */
    private static final int MOST_OF_OUTAGES = 200;

    private static final int MOST_SERVERS = 30;
    /** Rows of another table that are traced. */
    private static final int MOST_OTHERS = 100;

    /** Of so many of them the lines. */
    private static final int WITH_LINES = 6;

    private final SectionRows sections;
    private final TraceList traces;

    private DayEvidence(Period period, SectionRows sections) {
        this.sections = sections;
        this.traces = new TraceList(period);
    }

    /**
     * All of it.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param sections the rows of the page
     */
    public static Traces of(Connection views, Period period, FleetDay fleet, SectionRows sections) throws SQLException {
        return new DayEvidence(period, sections).read(views, fleet);
    }

    private Traces read(Connection views, FleetDay fleet) throws SQLException {
        List<DayOutage> outages = sections.of(DayOutage.SECTION);
        OutageLinks links = new OutageLinks(outages);
        new FleetTrace(traces).add(fleet);
        first(Incident.SECTION).forEach(new IncidentTraces(traces, links)::add);
        traces.allow(MOST_OF_OUTAGES);
        new OutageTraces(traces).add(views, outages);
        traces.allow(MOST_LINES - MOST_OF_OUTAGES);
        new BackendTraces(traces).add(views, first(DayBackendOutage.SECTION), WITH_LINES);
        new MaintenanceTraces(traces).add(views, first(MaintenanceWindow.SECTION), WITH_LINES);
        new ReasonTraces(traces).add(views, sections.of(ReasonHour.SECTION), WITH_LINES);
        ServerTraces servers = new ServerTraces(traces, links);
        sections.of(ServerDay.SECTION).stream()
                .filter(server -> !server.isQuiet())
                .limit(MOST_SERVERS)
                .forEach(servers::add);
        first(FlappingEpisode.SECTION).forEach(servers::add);
        first(Sightings.SECTION).forEach(servers::add);
        return traces.traces();
    }

    private <T> List<T> first(SectionKey<T> section) {
        return sections.of(section).stream().limit(MOST_OTHERS).toList();
    }
}
