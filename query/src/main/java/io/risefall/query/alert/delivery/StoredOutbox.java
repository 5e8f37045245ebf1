package io.risefall.query.alert.delivery;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores messages in the transaction in which they were decided. To whom they go is decided by the one thread that delivers: it alone
 * knows who was told what.
 */
public final class StoredOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger("io.risefall.alerts");

    @Override
    public void add(Connection connection, AlertMessage message) throws SQLException {
        NotificationStore.insertMessage(
                connection,
                message.alertId(),
                message.sequence(),
                message.at(),
                message.transition().name().toLowerCase(Locale.ROOT),
                message.title(),
                OutgoingJson.of(message));
        LOG.info("alert {} {}: {}", message.id(), message.transition(), message.title());
    }
}
