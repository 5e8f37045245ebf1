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
        String stand = lines == 1 ? " health sentence stands behind " : " health sentences stand behind ";
        String advice = tag == null
                ? "Have HAProxy or syslog write one of the headers in docs/connect.md, or take off what stands before them,"
                        + " and import that."
                : "If this is HAProxy, name all its tags, as --tag haproxy --tag " + Printable.of(tag)
                        + "; what was read before is read again only into another data directory (--data).";
        return grouped(lines) + stand + behind + ", such as: " + Printable.of(example) + " - What they say is missing. "
                + advice;
    }
}
