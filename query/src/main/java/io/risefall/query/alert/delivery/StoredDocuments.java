package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.DocumentNotice;
import io.risefall.query.alert.model.ChangedRows;
import io.risefall.query.alert.route.Decision;
import io.risefall.query.alert.route.NotificationState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

/** Stores reports for {@link Delivery}, which sends them as it sends alerts. No routes, quiet hours and silences are asked. */
public final class StoredDocuments {
    /** What the view says of them where it names the transition of an alert. */
    private static final String REPORT = "report";

    private final OpenChannels channels;
    private final Clock clock;

    public StoredDocuments(AlertConfig config, Clock clock) {
        channels = new OpenChannels(config, clock);
        this.clock = clock;
    }

    /**
     * Takes a document for a channel, within the transaction of {@code connection}: neither commits nor rolls back. One whose id
     * the channel has, or had, changes nothing.
     *
     * @param channel of the configuration, also one of its folders
     * @param changed takes the rows that are changed
     */
    public void add(Connection connection, ChangedRows changed, String channel, DocumentNotice document)
            throws SQLException {
        NotificationStore store = NotificationStore.within(connection, changed);
        if (store.has(document.deliveryId(), channel)) {
            return;
        }
        Instant now = clock.instant();
        store.insert(
                new StoredMessage(document.deliveryId(), 0, now, REPORT, document.subject(), ""),
                new Decision(null, channel, NotificationState.DUE, null, now),
                channels.kind(channel),
                channels.target(channel),
                OutgoingJson.of(document));
    }
}
