package io.risefall.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a subject beside its lines.
 *
 * @param subject what it is about
 * @param base the state before {@code cut}; no later line can change it
 * @param cut lines before it are folded into {@code base}; null while nothing is
 * @param state the state after all lines
 * @param lastLine {@link LineKey} of the newest line
 * @param oldestAt event time of the oldest line that is still kept
 * @param doubted whether a line is left out because nothing proves it so far
 * @param lane {@link Lane#name} of all lines of the newest {@link Copies#stretches stretch}; null where there are several
 * @param heardOn day of the last line that came, as {@link NodeMemory#heardOn}; 0 where it was not kept yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record History(
        Subject subject,
        SubjectState base,
        @Nullable Instant cut,
        SubjectState state,
        String lastLine,
        Instant oldestAt,
        boolean doubted,
        @Nullable String lane,
        long heardOn) {

    static History begin(Subject subject, Instant at) {
        return new History(subject, subject.unseen(), null, subject.unseen(), "", at, false, null, 0);
    }

    /** After one more line, which may be older than the newest. */
    History after(SubjectState next, String line, @Nullable String newLane) {
        String newest = line.compareTo(lastLine) > 0 ? line : lastLine;
        return new History(subject, base, cut, next, newest, oldestAt, doubted, newLane, heardOn);
    }

    /** The same, with a line that came today. */
    History heard(long today) {
        return today == heardOn
                ? this
                : new History(subject, base, cut, state, lastLine, oldestAt, doubted, lane, today);
    }
}
