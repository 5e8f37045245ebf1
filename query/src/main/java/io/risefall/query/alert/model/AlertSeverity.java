package io.risefall.query.alert.model;

/** How bad it is. */
public enum AlertSeverity {
    WARNING,
    CRITICAL
}
