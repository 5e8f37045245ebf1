package io.risefall.query.http;

import io.risefall.query.sql.QueryException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as a status: whose fault it is, and whether it is worth to ask again. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private Failures() {}

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static Answer answer(String path, Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof BusyException busy) {
            return Answer.busy(String.valueOf(busy.getMessage()), busy.retryAfter());
        }
        if (cause instanceof QueryException
                || cause instanceof IllegalArgumentException
                || cause instanceof AnswerTooLongException) {
            return Answer.text(BAD_REQUEST, String.valueOf(cause.getMessage()));
        }
        LOG.warn("cannot answer {}: {}", path, cause.toString());
        return Answer.text(SERVER_ERROR, cause.toString());
    }
}
