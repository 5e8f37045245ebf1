package io.risefall.query.sql;

/**
 * How rows are written, and how much room there is.
 *
 * @param format the form
 * @param width characters of a line; a table that is wider is written with a line per column instead. 0: as wide as it is
 * @param most how many rows; 0: all
 */
public record ResultLayout(ResultFormat format, int width, int most) {
    public ResultLayout {
        if (most < 0) {
            throw new IllegalArgumentException("the number of rows must not be negative: " + most);
        }
    }

    /** All rows. */
    public ResultLayout(ResultFormat format, int width) {
        this(format, width, 0);
    }

    /** As wide as it is. */
    public static ResultLayout of(ResultFormat format) {
        return new ResultLayout(format, 0);
    }

    /** Only so many rows, the first ones in the query's order. */
    public ResultLayout first(int rows) {
        return new ResultLayout(format, width, rows);
    }
}
