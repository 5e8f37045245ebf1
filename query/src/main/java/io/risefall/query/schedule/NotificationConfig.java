package io.risefall.query.schedule;

import io.risefall.query.alert.delivery.AlertConfig;
import java.util.List;

/**
 * What people and programs are sent without asking.
 *
 * @param alerts with the channels of both, and the directories of reports
 * @param leaderElect whether only the leader of several processes sends anything
 */
public record NotificationConfig(AlertConfig alerts, List<ScheduledReport> schedule, boolean leaderElect) {
    /** Nothing is sent. */
    public static final NotificationConfig NONE = new NotificationConfig(AlertConfig.NONE, List.of(), false);

    public NotificationConfig {
        schedule = List.copyOf(schedule);
    }

    /** The same, sent by the leader only, or by this process. */
    public NotificationConfig withLeaderElect(boolean elect) {
        return new NotificationConfig(alerts, schedule, elect);
    }
}
