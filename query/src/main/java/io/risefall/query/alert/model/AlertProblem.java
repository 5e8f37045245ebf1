package io.risefall.query.alert.model;

import java.util.Locale;

/** What is wrong; within one incident of servers, the later ones are the worse. */
public enum AlertProblem {
    /** The logs of all nodes stopped coming in or being read: nothing is known. */
    PIPELINE_SILENT(AlertSeverity.CRITICAL),
    /** A node prints nothing, not even traffic. */
    NODE_SILENT(AlertSeverity.CRITICAL),
    /** Servers are DOWN or flap; their backends have others. */
    SERVERS_DOWN(AlertSeverity.WARNING),
    /** A backend has fewer usable servers than the setting asks for. */
    CAPACITY_LOW(AlertSeverity.CRITICAL),
    /** A backend has no usable server. */
    BACKEND_EMPTY(AlertSeverity.CRITICAL);

    private final AlertSeverity severity;

    AlertProblem(AlertSeverity severity) {
        this.severity = severity;
    }

    public AlertSeverity severity() {
        return severity;
    }

    /** As the view {@code alerts} and JSON name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
