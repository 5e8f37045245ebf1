package io.risefall.query.alert.watch;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.Outbox;
import java.sql.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where no route is configured, messages are lines of Risefall's own log, and the view {@code alerts} has the last of each. */
public final class AlertLog implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger("io.risefall.alerts");

    @Override
    public void add(Connection connection, AlertMessage message) {
        LOG.info("alert {} {}: {}", message.id(), message.transition(), message.title());
    }
}
