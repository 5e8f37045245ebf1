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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record History(
        Subject subject,
        SubjectState base,
        @Nullable Instant cut,
        SubjectState state,
        String lastLine,
        Instant oldestAt,
        boolean doubted) {

    static History begin(Subject subject, Instant at) {
        return new History(subject, subject.unseen(), null, subject.unseen(), "", at, false);
    }

    History after(SubjectState next, String line) {
        return new History(subject, base, cut, next, line, oldestAt, doubted);
    }
}
