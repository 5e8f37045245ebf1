package io.risefall.query.report.caveat;

import static io.risefall.query.text.Counts.grouped;

import io.risefall.query.text.Printable;
import org.jspecify.annotations.Nullable;

/** Says that health sentences stand behind a header or a tag that is not known to be HAProxy's, and what to do. */
public final class UnknownHeaderText {
    private UnknownHeaderText() {}

    /**
     * A few sentences.
     *
     * @param lines how many such lines there are
     * @param example one of them
     * @param tag its tag, where only that is not HAProxy's; null where its header is not known
     */
    public static String of(long lines, String example, @Nullable String tag) {
        String behind = tag == null ? "a header that Risefall does not know" : "a tag that is not HAProxy's here";
        String stand = lines == 1 ? " health message has " : " health messages have ";
        String advice = tag == null
                ? "Make HAProxy or syslog write one of the headers in docs/connect.md, or strip the text before"
                        + " the message and import the result."
                : "If this is HAProxy, give all its tags, such as --tag haproxy --tag " + Printable.of(tag)
                        + ". Lines that were already read are read again only into another data directory (--data).";
        return grouped(lines) + stand + behind + ", such as: " + Printable.of(example) + " -"
                + " " + (lines == 1 ? "It is" : "They are") + " not counted. "
                + advice;
    }
}
