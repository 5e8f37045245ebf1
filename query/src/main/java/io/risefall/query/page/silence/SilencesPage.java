package io.risefall.query.page.silence;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import io.risefall.query.postmortem.Postmortems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** {@code /silences}: of which servers nobody is told now, and forms to begin and end that. {@code servers} or {@code incident} fills it in. */
public final class SilencesPage implements Page {
    static final String PATH = "/silences";

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        Map<String, String> asked = visit.request().parameters();
        SilenceForm form = SilenceForm.of(asked);
        if (asked.containsKey("incident")) {
            form = form.of(Postmortems.ofIncident(visit.views(), asked.get("incident"), visit.zone()));
        }
        return content(visit.views(), visit.now(), visit.zone(), form, "");
    }

    /** @param problem what was wrong with the form; empty: nothing */
    static PageContent content(Connection views, Instant now, ZoneId zone, SilenceForm form, String problem)
            throws SQLException {
        return new PageContent(
                "silence/silences.ftlx",
                Map.of(
                        "form",
                        form,
                        "problem",
                        problem,
                        "silences",
                        KeptSilences.read(views, now),
                        "times",
                        new PageTimes(now, zone)));
    }
}
