package io.risefall.query.schedule;

import io.risefall.query.alert.model.ChangedRows;
import java.sql.Connection;
import java.sql.SQLException;

/** Where finished reports are put to be delivered. */
public interface ReportPost {
    /**
     * Takes a report, for good, within the transaction of {@code connection}, in which it is also stored that it was taken: neither
     * commits nor rolls back, and waits for nobody. One whose id is there already changes nothing.
     *
     * @param changed takes the rows that are changed
     * @param to the name of a channel, or {@code folder:} and a directory
     */
    void add(Connection connection, ChangedRows changed, String to, ReportDocument report) throws SQLException;
}
