package io.risefall.query.http;

import java.io.IOException;

/** An answer has more bytes than are kept for a client. */
public final class AnswerTooLongException extends IOException {
    private static final long serialVersionUID = 1;

    AnswerTooLongException(long limit) {
        super("the answer is longer than " + (limit >> 20) + " MiB; select less, with LIMIT or in parts");
    }
}
