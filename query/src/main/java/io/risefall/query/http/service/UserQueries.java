package io.risefall.query.http.service;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Request;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.metrics.ServiceTimes;
import io.risefall.query.sql.Cancellation;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.sql.SqlText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Users' SQL, whether a program asks or a browser: one sandbox, and one queue, so that what is allowed and how much at a time does
 * not depend on who asks. A query whose client goes away is cancelled. Any thread; {@link #close} cancels what runs.
 */
public final class UserQueries implements AutoCloseable {
    /** Each query uses all cores: more at a time would only share them, and their memory. */
    static final int AT_ONCE = 4;

    static final int WAITING = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long ANSWER_BYTES = 1L << 30;

    private final SqlSandbox sandbox;
    private final Path folder;
    private final ServiceTimes times;

    /** They yield to the thread that writes, and to all else that is answered. */
    private final WorkQueue queue = new WorkQueue("queries", AT_ONCE, WAITING, PATIENCE, Thread.MIN_PRIORITY);

    /**
     * @param sandbox closed by this
     * @param folder where long answers lie until they are sent
     */
    public UserQueries(SqlSandbox sandbox, Path folder, ServiceTimes times) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.times = times;
    }

    /** Makes an answer of what the sandbox says. */
    public interface Work {
        Answer answer(SqlSandbox sandbox, Cancellation cancellation) throws Exception;
    }

    /** Rows as a document, all of it before the first byte is sent. */
    public CompletionStage<Answer> rows(Request request, SqlText sql, ResultLayout layout) {
        return submit(
                request,
                (asked, cancellation) -> Answer.written(
                        layout.format().contentType(),
                        folder,
                        ANSWER_BYTES,
                        out -> asked.query(sql, layout, out, cancellation)));
    }

    /** Does {@code work} when it is its turn; fails as {@link WorkQueue#submit} does. */
    public CompletionStage<Answer> submit(Request request, Work work) {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Answer> answer = queue.submit(() -> work.answer(sandbox, cancellation));
        request.abandoned().thenRun(() -> {
            cancellation.cancel("cancelled: the client went away");
            answer.cancel(false);
        });
        return times.timed("sql", answer);
    }

    @Override
    public void close() {
        sandbox.close();
        queue.close();
    }
}
