package io.risefall.query.page.incident;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import io.risefall.query.postmortem.Postmortem;
import io.risefall.query.postmortem.Postmortems;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /incidents/ID}: all about one incident, found by its id, an earlier id of it, or that of one of its outages. */
public final class IncidentPage implements Page {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{4,12}");

    @Override
    public String path() {
        return "/incidents/";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        List<String> rest = visit.request().rest();
        String id = rest.isEmpty() ? "" : rest.get(0).toLowerCase(Locale.ROOT);
        if (rest.size() != 1 || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the address of an incident ends with its id, or with at least four digits of it, such as /incidents/3f2a9c01b77e");
        }
        Optional<String> server = Postmortems.serverOf(visit.views(), id);
        if (server.isEmpty()) {
            // That there is none, or that there are several, is told by a status, too.
            Map<String, Object> whole = incident(visit, id);
            return new PageContent("incident/incident.ftlx", Map.of("title", id), () -> whole);
        }
        return new PageContent(
                "incident/incident.ftlx", Map.of("title", server.get() + " down"), () -> incident(visit, id));
    }

    private static Map<String, Object> incident(Visit visit, String id) throws SQLException {
        Postmortem incident = Postmortems.ofIncident(visit.views(), id, visit.zone());
        Map<String, Object> model = new HashMap<>();
        model.put("incident", incident);
        model.put("times", new PageTimes(incident.startedAt(), visit.zone()));
        if (incident.diagnosis() != null) {
            model.put("diagnosis", incident.diagnosis());
        }
        return model;
    }
}
