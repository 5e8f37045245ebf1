package io.risefall.query.haproxy;

/**
 * A word of a line, without its quotes.
 *
 * @param known false: an environment variable is in it whose value is not in the file; it stands there by its name
 */
record Word(String text, boolean known) {
    boolean is(String keyword) {
        return known && text.equals(keyword);
    }
}
