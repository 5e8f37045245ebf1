package io.risefall.query.alert.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.risefall.query.alert.engine.StoredAlert;
import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.Outbox;
import io.risefall.query.sql.SqlFiles;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.PrettyJson;
import io.risefall.schemas.key.EpochMicros;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Alerts in the table {@code store.alerts}, which nobody else writes. One connection, one thread. */
final class AlertStore {
    private static final SqlQuery STORED = new SqlQuery("alert/stored.sql");
    private static final String FORGET = SqlFiles.read("alert/forget.sql");
    private static final String INSERT = SqlFiles.read("alert/insert.sql");
    private static final String KEEP = SqlFiles.read("alert/keep.sql");
    private static final String SAY = SqlFiles.read("alert/say.sql");

    private final Connection connection;
    private final AlertLog log;

    AlertStore(Connection connection, AlertLog log) {
        this.connection = connection;
        this.log = log;
    }

    List<StoredAlert> read() throws SQLException {
        List<StoredAlert> alerts = new ArrayList<>();
        for (String body : STORED.query(connection, row -> row.text("body"))) {
            try {
                alerts.add(PrettyJson.read(body.getBytes(StandardCharsets.UTF_8), StoredAlert.class));
            } catch (IOException e) {
                throw new SQLException("cannot read a stored alert: " + e.getMessage(), e);
            }
        }
        return alerts;
    }

    /** States and messages in one transaction: all of them, or on an exception nothing. */
    void write(Collection<StoredAlert> alerts, List<AlertMessage> messages, Outbox outbox) throws SQLException {
        log.inTransaction(connection, changed -> {
            for (StoredAlert alert : alerts) {
                write(alert);
                changed.alert(alert.id());
            }
            for (AlertMessage message : messages) {
                say(message);
                outbox.add(connection, message);
                changed.alert(message.alertId());
                changed.messages(message.alertId());
            }
        });
    }

    private void write(StoredAlert alert) throws SQLException {
        if (alert.gone() && alert.sequence() == 0) {
            run(FORGET, alert.id());
            return;
        }
        run(INSERT, alert.id(), micros(alert.startedAt()));
        run(
                KEEP,
                alert.id(),
                alert.state().name().toLowerCase(Locale.ROOT),
                micros(alert.startedAt()),
                micros(alert.openedAt()),
                micros(alert.closedAt()),
                micros(alert.endedAt()),
                alert.gone() ? null : json(alert));
    }

    private void say(AlertMessage message) throws SQLException {
        run(
                SAY,
                message.alertId(),
                message.sequence(),
                micros(message.at()),
                message.problem().word(),
                message.severity().name().toLowerCase(Locale.ROOT),
                message.flapping(),
                message.title(),
                message.servers().size(),
                message.backends().size(),
                message.nodes().size(),
                message.incidentId());
    }

    private static @Nullable Long micros(@Nullable Instant at) {
        return at == null ? null : EpochMicros.of(at);
    }

    private static String json(StoredAlert alert) {
        try {
            return PrettyJson.of(alert);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of strings, numbers and times are always JSON", e);
        }
    }

    private void run(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
