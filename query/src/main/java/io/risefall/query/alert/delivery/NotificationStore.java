package io.risefall.query.alert.delivery;

import io.risefall.query.alert.route.Decision;
import io.risefall.query.alert.route.NotificationState;
import io.risefall.query.alert.route.Routing.Told;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of messages and notifications. One connection, used by the one thread that delivers. */
final class NotificationStore {
    private static final SqlQuery NEW = new SqlQuery("alert/new_messages.sql");
    private static final SqlQuery TOLD = new SqlQuery("alert/told.sql");
    private static final SqlQuery WAITING = new SqlQuery("alert/waiting.sql");
    private static final SqlQuery MESSAGE = new SqlQuery("alert/message.sql");
    private static final SqlQuery SILENCED = new SqlQuery("alert/silenced.sql");
    private static final SqlQuery HELD = new SqlQuery("alert/held.sql");
    private static final SqlQuery HAS = new SqlQuery("alert/has.sql");

    private final Connection connection;

    NotificationStore(Connection connection) {
        this.connection = connection;
    }

    /** A message, and what is said of it in the view. */
    record Stored(String alertId, int sequence, Instant at, String transition, String title, String message) {
        String deliveryId() {
            return alertId + "-" + sequence;
        }
    }

    /**
     * A row that is to be sent.
     *
     * @param again whether its receiver knows it, and forgets
     * @param closes whether its alert ends with it
     */
    record Waiting(
            String deliveryId,
            String alertId,
            int sequence,
            String channel,
            boolean again,
            boolean closes,
            int attempts,
            Instant at,
            Instant due) {}

    /** A row that quiet hours kept back. */
    record Held(
            String deliveryId,
            String alertId,
            int sequence,
            String channel,
            String route,
            String transition,
            String title,
            boolean told) {}

    interface Changes {
        void make() throws SQLException;
    }

    /** Makes the changes, all or none of them. */
    void inTransaction(Changes changes) throws SQLException {
        execute("begin transaction");
        try {
            changes.make();
            execute("commit");
        } catch (SQLException | RuntimeException e) {
            try {
                execute("rollback");
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connection() {
        return connection;
    }

    /** Unless it is there already. By who decides messages, in its transaction. */
    static void insertMessage(
            Connection deciding,
            String alertId,
            int sequence,
            Instant at,
            String transition,
            String title,
            String message)
            throws SQLException {
        update(
                deciding,
                "insert into store.alert_messages select ?, ?, ?::timestamptz, ?, ?, ? where not exists ("
                        + "select 1 from store.alert_messages where alert_id = ? and sequence = ?) and not exists ("
                        + "select 1 from store.notifications where alert_id = ? and sequence = ?)",
                alertId,
                sequence,
                at,
                transition,
                title,
                message,
                alertId,
                sequence,
                alertId,
                sequence);
    }

    List<Stored> newMessages() throws SQLException {
        return NEW.query(connection, NotificationStore::stored);
    }

    /** The latest message of each alert of which nobody was told. */
    List<Stored> silenced() throws SQLException {
        return SILENCED.query(connection, NotificationStore::stored);
    }

    private static Stored stored(SqlQuery.Row row) throws SQLException {
        return new Stored(
                row.text("alert_id"),
                row.count("sequence"),
                row.at("at_us"),
                row.text("transition"),
                row.text("title"),
                row.text("message"));
    }

    /** By channel. */
    Map<String, Told> told(String alertId) throws SQLException {
        Map<String, Told> told = new LinkedHashMap<>();
        TOLD.query(
                        connection,
                        row -> Map.entry(row.text("channel"), new Told(row.text("route"), row.flag("heard"))),
                        alertId,
                        alertId,
                        alertId)
                .forEach(one -> told.put(one.getKey(), one.getValue()));
        return told;
    }

    List<Waiting> waiting(Instant now) throws SQLException {
        return WAITING.query(
                connection,
                row -> new Waiting(
                        row.text("delivery_id"),
                        row.text("alert_id"),
                        row.count("sequence"),
                        row.text("channel"),
                        row.text("state").equals("sent"),
                        row.text("transition").equals("closed"),
                        row.count("attempts"),
                        row.at("at_us"),
                        row.at("due_us")),
                now);
    }

    List<Held> held(Instant now) throws SQLException {
        return HELD.query(
                connection,
                row -> new Held(
                        row.text("delivery_id"),
                        row.text("alert_id"),
                        row.count("sequence"),
                        row.text("channel"),
                        row.text("route"),
                        row.text("transition"),
                        row.text("title"),
                        row.flag("told")),
                now);
    }

    Optional<String> message(String deliveryId, String channel) throws SQLException {
        return MESSAGE.query(connection, row -> row.text("message"), deliveryId, channel).stream()
                .findFirst();
    }

    boolean has(String deliveryId, String channel) throws SQLException {
        return !HAS.query(connection, row -> true, deliveryId, channel).isEmpty();
    }

    void deleteMessage(Stored message) throws SQLException {
        update(
                connection,
                "delete from store.alert_messages where alert_id = ? and sequence = ?",
                message.alertId(),
                message.sequence());
    }

    /**
     * A new row.
     *
     * @param kind of the channel; null as the channel
     * @param target of the channel
     * @param outgoing as JSON; null: nothing is left to do
     */
    void insert(
            Stored message,
            Decision decision,
            @Nullable String kind,
            @Nullable String target,
            @Nullable String outgoing)
            throws SQLException {
        update(
                connection,
                "insert into store.notifications (delivery_id, alert_id, sequence, \"at\", transition, title, route, channel,"
                        + " kind, target, state, why, attempts, due_at, message)"
                        + " values (?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?::timestamptz, ?)",
                message.sequence() == 0 ? message.alertId() : message.deliveryId(),
                message.alertId(),
                message.sequence(),
                message.at(),
                message.transition(),
                message.title(),
                decision.route(),
                decision.channel(),
                kind,
                target,
                decision.state().word(),
                decision.why(),
                decision.due(),
                outgoing);
    }

    /** @param again when it is sent once more to a receiver that forgets; null: never */
    void sent(String deliveryId, String channel, int attempts, Instant at, String answer, @Nullable Instant again)
            throws SQLException {
        update(
                connection,
                "update store.notifications set state = 'sent', attempts = ?, sent_at = coalesce(sent_at, ?::timestamptz),"
                        + " answer = ?, last_error = null, due_at = ?::timestamptz,"
                        + " message = case when ?::timestamptz is null then null else message end"
                        + " where delivery_id = ? and channel = ?",
                attempts,
                at,
                answer,
                again,
                again,
                deliveryId,
                channel);
    }

    void failed(String deliveryId, String channel, int attempts, String error, Instant next) throws SQLException {
        update(
                connection,
                "update store.notifications set attempts = ?, last_error = ?, due_at = ?::timestamptz"
                        + " where delivery_id = ? and channel = ?",
                attempts,
                error,
                next,
                deliveryId,
                channel);
    }

    /** Nothing is left to do with it. */
    void finish(String deliveryId, String channel, NotificationState state, String why) throws SQLException {
        update(
                connection,
                "update store.notifications set state = ?, why = ?, due_at = null, message = null"
                        + " where delivery_id = ? and channel = ?",
                state.word(),
                why,
                deliveryId,
                channel);
    }

    /** It is to be sent after all. */
    void release(String deliveryId, String channel, Instant now) throws SQLException {
        update(
                connection,
                "update store.notifications set state = 'due', due_at = ?::timestamptz"
                        + " where delivery_id = ? and channel = ?",
                now,
                deliveryId,
                channel);
    }

    /** Silenced rows of an alert need no further look. */
    void endSilence(String alertId) throws SQLException {
        update(
                connection,
                "update store.notifications set due_at = null, message = null where alert_id = ? and state = 'silenced'",
                alertId);
    }

    /** Messages before this one are not sent again. */
    void endRepeats(String alertId, String channel, int before) throws SQLException {
        update(
                connection,
                "update store.notifications set due_at = null, message = null"
                        + " where alert_id = ? and channel = ? and sequence < ? and state = 'sent' and due_at is not null",
                alertId,
                channel,
                before);
    }

    private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                statement.setObject(
                        i + 1, value instanceof Instant at ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC) : value);
            }
            statement.execute();
        }
    }
}
