package io.risefall.query.haproxy;

import io.risefall.query.sql.QueryException;
import io.risefall.query.text.Printable;

/**
 * A line of a configuration.
 *
 * @param file as it was given
 * @param line from 1
 */
public record Place(String file, int line) {
    /** {@code haproxy.cfg:12}. */
    @Override
    public String toString() {
        return Printable.of(file) + ":" + line;
    }

    /** What ends the reading. {@code why} never quotes a value: it may be a secret. */
    QueryException wrong(String why) {
        return new QueryException(this + ": " + why + "; to check the file: haproxy -c -f " + Printable.of(file));
    }
}
