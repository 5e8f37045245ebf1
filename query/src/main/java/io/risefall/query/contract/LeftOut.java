package io.risefall.query.contract;

import java.util.Map;

/** Views that other engines cannot have. */
final class LeftOut {
    /** File of views, and what keeps them from it. */
    static final Map<String, String> FILES = Map.of(
            "views/incident_outages.sql", "USING KEY, a recursion that replaces rows which it has found by better ones",
            "views/incidents.sql", "incident_outages, which needs USING KEY",
            "views/alerts.sql", "the alerts of this service, which are no facts",
            "views/notifications.sql", "the messages of this service, which are no facts");

    private LeftOut() {}
}
