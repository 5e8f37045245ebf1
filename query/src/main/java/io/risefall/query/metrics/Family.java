package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.sql.SqlFiles;
import io.risefall.query.text.Printable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A metric family: its SQL file gives one row per series, the labels first and the number last, in the column {@code
 * value}. What a late line or a second source can make smaller is a gauge, because a counter that falls looks like a
 * restart.
 */
enum Family {
    RECEIVED("risefall_ingest_received", "Lines received: the sum of all outcomes and of what is waiting", true),
    EVENTS("risefall_ingest_events", "Health lines, including repeats", true),
    TRAFFIC("risefall_ingest_traffic", "HAProxy lines that are not about health", true),
    FOREIGN(
            "risefall_ingest_foreign",
            "Lines of other programs, and lines without a known header or a health message",
            true),
    REJECTED("risefall_ingest_rejected", "Lines that look like health lines but cannot be read", true),
    REPEATS("risefall_ingest_repeats", "Of the health lines, those that repeat another line", false),
    UNKNOWN_HEADER(
            "risefall_ingest_unknown_header",
            "Lines with a health message behind an unknown header or a tag that is not HAProxy's",
            true),
    WAITING("risefall_ingest_waiting", "Messages that a listener received and that are not read yet", false),
    DROPPED("risefall_ingest_dropped", "Messages that a listener received and dropped, by reason", true),
    INTERRUPTIONS(
            "risefall_ingest_interruptions",
            "Connections refused, closed or broken, and times senders waited, by reason; no received message"
                    + " was lost",
            true),
    DIFFERENCES(
            "risefall_haproxy_differences",
            "How often HAProxy told another state of a server, when it was asked, than its log shows",
            false),
    SENDERS("risefall_ingest_sender_messages", "Messages by sender", true),
    ABSENCES("risefall_ingest_absences", "How often Risefall did not listen to the source", true),
    ABSENT("risefall_ingest_absent_seconds", "How long Risefall did not listen to the source", true),
    AS_OF("risefall_ingest_read_until_timestamp_seconds", "Time up to which the source has been read", false),
    NODE_KNOWN("risefall_node_known_until_timestamp_seconds", "Time up to which the log of the node is known", false),
    NODE_CLOCK(
            "risefall_node_clock_behind_seconds",
            "How far the node's timestamps are behind the arrival of its lines",
            false),
    SERVERS("risefall_servers", "Servers by state", false),
    FLAPPING_SERVERS("risefall_servers_flapping", "Servers that are flapping", false),
    OPEN_OUTAGES("risefall_outages_open", "Servers of the backend that are down", false),
    OPEN_ALERTS("risefall_alerts_open", "Open alerts by problem", false),
    ALERT_MESSAGES("risefall_alert_messages", "Messages made about alerts: opened, changed and closed", true),
    NOTIFICATIONS_SENT("risefall_notifications_sent", "Messages that the receivers of the channel have taken", true),
    NOTIFICATIONS_WAITING(
            "risefall_notifications_waiting",
            "Messages to the channel that wait for their turn, for another try or for the end of quiet hours",
            false),
    NOTIFICATIONS_GIVEN_UP(
            "risefall_notifications_given_up", "Messages to the channel that were tried for too long", true),
    SCHEDULED_REPORTS(
            "risefall_scheduled_reports",
            "Reports of the schedule by unit and by what became of them: sent, waiting, given_up, or not_made for lack"
                    + " of data",
            false),
    SERVER_STATUS("risefall_server_status", "1 for the current state of the server", false),
    SERVER_DOUBTFUL(
            "risefall_server_doubtful",
            "1 while no line confirms the state of the server, as after Risefall was away",
            false),
    SERVER_FLAPPING("risefall_server_flapping", "1 while the server is flapping", false),
    SERVER_OUTAGES("risefall_server_outages", "Known outages of the server", false),
    SERVER_DOWN("risefall_server_down_seconds", "Total duration of the known outages of the server", false);

    private final String metric;
    private final String help;
    private final boolean counter;
    private final String sql;

    Family(String metric, String help, boolean counter) {
        this.metric = metric;
        this.help = help;
        this.counter = counter;
        this.sql = SqlFiles.read("metrics/" + name().toLowerCase(Locale.ROOT) + ".sql");
    }

    MetricSnapshot snapshot(Connection views) throws SQLException {
        List<CounterDataPointSnapshot> counters = new ArrayList<>();
        List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
        try (PreparedStatement statement = views.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                double value = rows.getDouble("value");
                if (counter) {
                    counters.add(CounterDataPointSnapshot.builder()
                            .labels(labels(rows))
                            .value(value)
                            .build());
                } else {
                    gauges.add(GaugeDataPointSnapshot.builder()
                            .labels(labels(rows))
                            .value(value)
                            .build());
                }
            }
        }
        return counter ? counterOf(counters) : gaugeOf(gauges);
    }

    private static Labels labels(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        String[] names = new String[columns.getColumnCount() - 1];
        String[] values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = columns.getColumnLabel(i + 1);
            values[i] = shown(Objects.toString(row.getString(i + 1), ""));
        }
        return Labels.of(names, values);
    }

    /** Two that differ are shown differently: of two series with the same labels there would be no page at all. */
    private static String shown(String value) {
        return Printable.of(value.replace("\\u{", "\\u{5c}u{"));
    }

    private MetricSnapshot counterOf(List<CounterDataPointSnapshot> points) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(metric).help(help);
        points.forEach(family::dataPoint);
        return family.build();
    }

    private MetricSnapshot gaugeOf(List<GaugeDataPointSnapshot> points) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(metric).help(help);
        points.forEach(family::dataPoint);
        return family.build();
    }
}
