package io.risefall.query.sql;

/**
 * How rows are written, and how much room there is.
 *
 * @param format the form
 * @param width characters of a line; a table that is wider is written with a line per column instead. 0: as wide as it is
 */
public record ResultLayout(ResultFormat format, int width) {
    /** As wide as it is. */
    public static ResultLayout of(ResultFormat format) {
        return new ResultLayout(format, 0);
    }
}
