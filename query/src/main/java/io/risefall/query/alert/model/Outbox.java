package io.risefall.query.alert.model;

import java.sql.Connection;
import java.sql.SQLException;

/** Where messages are put to be delivered. Called by the engine's thread only. */
public interface Outbox {
    /**
     * Decides to whom a message goes, also to nobody, and stores that. Within the transaction of {@code connection}, in which the
     * alert's new state is stored too: neither commits nor rolls back, and touches no network. A message whose id is stored already
     * changes nothing.
     *
     * @throws SQLException then the whole transaction is rolled back, and the same message comes again
     */
    void add(Connection connection, AlertMessage message) throws SQLException;
}
