package io.risefall.query.alert.model;

import java.sql.Connection;
import java.sql.SQLException;

/** How the tables of what people are told are changed, by any thread: who else has to know of a change learns of it. */
public interface AlertLog {
    /** What a transaction does. */
    interface Changes {
        /** @param changed takes each row that is changed, made or deleted */
        void make(ChangedRows changed) throws SQLException;
    }

    /**
     * Makes the changes in a transaction of {@code connection}, all or none of them.
     *
     * @throws RuntimeException if those who have to know cannot be told; then nothing was changed
     */
    void inTransaction(Connection connection, Changes changes) throws SQLException;

    /**
     * Returns if somebody may be told something now.
     *
     * @throws RuntimeException if another process does that by now
     */
    void confirm();
}
