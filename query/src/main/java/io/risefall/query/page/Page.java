package io.risefall.query.page;

import java.io.IOException;
import java.sql.SQLException;

/** A page: has no state, any number of threads may ask it at once. */
public interface Page {
    /** Its path; one that ends with a slash has what follows as {@link io.risefall.query.http.Request#rest}. */
    String path();

    /**
     * What it shows now. A {@link io.risefall.query.sql.QueryException} says that what is asked for is not there, an {@link
     * IllegalArgumentException} that the parameters mean nothing.
     */
    PageContent show(Visit visit) throws SQLException, IOException;
}
