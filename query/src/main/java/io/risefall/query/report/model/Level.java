package io.risefall.query.report.model;

/** How bad it is. */
public enum Level {
    OK,
    TROUBLE,
    DOWN,
    UNKNOWN
}
