package io.risefall.query.alert.delivery;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.model.ChangedRows;
import io.risefall.query.alert.model.LocalAlertLog;
import io.risefall.query.alert.route.Decision;
import io.risefall.query.alert.route.NotificationState;
import io.risefall.query.alert.route.Routing.Told;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of messages and notifications. One connection, used by the one thread that delivers. */
final class NotificationStore {
    private static final SqlQuery NEW = new SqlQuery("alert/delivery/new_messages.sql");
    private static final SqlQuery TOLD = new SqlQuery("alert/delivery/told.sql");
    private static final SqlQuery WAITING = new SqlQuery("alert/delivery/waiting.sql");
    private static final SqlQuery MESSAGE = new SqlQuery("alert/delivery/message.sql");
    private static final SqlQuery SILENCED = new SqlQuery("alert/delivery/silenced.sql");
    private static final SqlQuery HELD = new SqlQuery("alert/delivery/held.sql");
    private static final SqlQuery HAS = new SqlQuery("alert/delivery/has.sql");
    private static final SqlQuery ADD_MESSAGE = new SqlQuery("alert/delivery/add_message.sql");
    private static final SqlQuery DELETE_MESSAGE = new SqlQuery("alert/delivery/delete_message.sql");
    private static final SqlQuery ADD = new SqlQuery("alert/delivery/add.sql");
    private static final SqlQuery SENT = new SqlQuery("alert/delivery/sent.sql");
    private static final SqlQuery FAILED = new SqlQuery("alert/delivery/failed.sql");
    private static final SqlQuery FINISH = new SqlQuery("alert/delivery/finish.sql");
    private static final SqlQuery RELEASE = new SqlQuery("alert/delivery/release.sql");
    private static final SqlQuery END_SILENCE = new SqlQuery("alert/delivery/end_silence.sql");
    private static final SqlQuery END_REPEATS = new SqlQuery("alert/delivery/end_repeats.sql");

    private final Connection connection;
    private final AlertLog log;
    /** Of the transaction under way. */
    private ChangedRows changed = new ChangedRows();

    NotificationStore(Connection connection, AlertLog log) {
        this.connection = connection;
        this.log = log;
    }

    /** Within a transaction that somebody else has begun. */
    static NotificationStore within(Connection connection, ChangedRows changed) {
        NotificationStore store = new NotificationStore(connection, new LocalAlertLog());
        store.changed = changed;
        return store;
    }

    interface Changes {
        void make() throws SQLException;
    }

    /** Makes the changes, all or none of them. */
    void inTransaction(Changes changes) throws SQLException {
        log.inTransaction(connection, rows -> {
            changed = rows;
            changes.make();
        });
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
        ADD_MESSAGE.change(deciding, alertId, sequence, at, transition, title, message);
    }

    List<StoredMessage> newMessages() throws SQLException {
        return NEW.query(connection, NotificationStore::stored);
    }

    /** The latest message of each alert of which nobody was told. */
    List<StoredMessage> silenced() throws SQLException {
        return SILENCED.query(connection, NotificationStore::stored);
    }

    private static StoredMessage stored(SqlQuery.Row row) throws SQLException {
        return new StoredMessage(
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

    List<WaitingNotification> waiting(Instant now) throws SQLException {
        return WAITING.query(
                connection,
                row -> new WaitingNotification(
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

    List<HeldNotification> held(Instant now) throws SQLException {
        return HELD.query(
                connection,
                row -> new HeldNotification(
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

    void deleteMessage(StoredMessage message) throws SQLException {
        changed.messages(message.alertId());
        DELETE_MESSAGE.change(connection, message.alertId(), message.sequence());
    }

    /**
     * A new row.
     *
     * @param kind of the channel; null as the channel
     * @param target of the channel
     * @param outgoing as JSON; null: nothing is left to do
     */
    void insert(
            StoredMessage message,
            Decision decision,
            @Nullable String kind,
            @Nullable String target,
            @Nullable String outgoing)
            throws SQLException {
        String deliveryId = message.sequence() == 0 ? message.alertId() : message.deliveryId();
        changed.delivery(deliveryId);
        ADD.change(
                connection,
                deliveryId,
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
        changed.delivery(deliveryId);
        SENT.change(connection, deliveryId, channel, attempts, at, answer, again);
    }

    void failed(String deliveryId, String channel, int attempts, String error, Instant next) throws SQLException {
        changed.delivery(deliveryId);
        FAILED.change(connection, deliveryId, channel, attempts, error, next);
    }

    /** Nothing is left to do with it. */
    void finish(String deliveryId, String channel, NotificationState state, String why) throws SQLException {
        changed.delivery(deliveryId);
        FINISH.change(connection, deliveryId, channel, state.word(), why);
    }

    /** It is to be sent after all. */
    void release(String deliveryId, String channel, Instant now) throws SQLException {
        changed.delivery(deliveryId);
        RELEASE.change(connection, deliveryId, channel, now);
    }

    /** Silenced rows of an alert need no further look. */
    void endSilence(String alertId) throws SQLException {
        END_SILENCE.query(connection, row -> row.text("delivery_id"), alertId).forEach(changed::delivery);
    }

    /** Messages before this one are not sent again. */
    void endRepeats(String alertId, String channel, int before) throws SQLException {
        END_REPEATS
                .query(connection, row -> row.text("delivery_id"), alertId, channel, before)
                .forEach(changed::delivery);
    }
}
