package io.risefall.query.schedule;

import io.risefall.query.alert.delivery.AlertConfig;
import java.util.List;

/**
 * What people and programs are sent without asking.
 *
 * @param alerts with the channels of both, and the directories of reports
 */
public record NotificationConfig(AlertConfig alerts, List<ScheduledReport> schedule) {
    /** Nothing is sent. */
    public static final NotificationConfig NONE = new NotificationConfig(AlertConfig.NONE, List.of());

    public NotificationConfig {
        schedule = List.copyOf(schedule);
    }
}
