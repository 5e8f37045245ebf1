package io.risefall.query.alert.model;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which rows of what people are told a transaction has changed, as the keys under which others are told of them: the name of a
 * table, a slash, and whose rows. One thread.
 */
public final class ChangedRows {
    private final Set<String> keys = new LinkedHashSet<>();

    /** How far an alert has come. */
    public void alert(String id) {
        keys.add("alerts/" + id);
    }

    /** Messages of an alert of which it is not decided yet to whom they go. */
    public void messages(String alert) {
        keys.add("alert_messages/" + alert);
    }

    /** What became of a message, or a document, on each of its channels. */
    public void delivery(String id) {
        keys.add("notifications/" + id);
    }

    /** Since when a report is sent to whom. */
    public void schedule(String report) {
        keys.add("schedules/" + report);
    }

    /** Which periods of a report were given away. */
    public void sentReport(String report) {
        keys.add("scheduled_reports/" + report);
    }

    /** All rows with these keys. */
    public void addAll(Set<String> others) {
        keys.addAll(others);
    }

    public Set<String> keys() {
        return keys;
    }
}
