package io.risefall.query.http;

import java.util.concurrent.CompletionStage;

/**
 * What answers at a path.
 *
 * @param path the whole path; one that ends with a slash also stands for all that begin with it
 * @param guard who may ask
 * @param bodyBytes how long a request may be
 * @param endpoint called by the thread that serves all connections, which it must not hold up
 */
public record Route(String path, String method, Guard guard, int bodyBytes, Endpoint endpoint) {
    /** Answers; what it throws, and what its stage fails with, becomes a status. */
    public interface Endpoint {
        CompletionStage<Answer> answer(Request request) throws Exception;
    }
}
