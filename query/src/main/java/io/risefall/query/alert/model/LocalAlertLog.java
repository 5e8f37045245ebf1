package io.risefall.query.alert.model;

import io.risefall.query.sql.SqlTransaction;
import java.sql.Connection;
import java.sql.SQLException;

/** Of a process that alone tells people: nobody else has to know. */
public final class LocalAlertLog implements AlertLog {
    @Override
    public void inTransaction(Connection connection, Changes changes) throws SQLException {
        SqlTransaction.run(connection, () -> changes.make(new ChangedRows()));
    }

    @Override
    public void confirm() {
        // Nobody else is there.
    }
}
