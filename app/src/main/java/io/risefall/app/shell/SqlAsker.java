package io.risefall.app.shell;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.serving.QueryClient;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.OutputStream;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one statement at a time, and can be told to give up. The warehouse is open only meanwhile, so that a service can start.
 * One thread asks, any may {@link #cancel}.
 */
final class SqlAsker {
    private final CommonOptions common;
    private final ZoneId zone;
    private @Nullable Thread asking;
    private boolean cancelled;

    SqlAsker(CommonOptions common, ZoneId zone) {
        this.common = common;
        this.zone = zone;
    }

    /** What was cancelled before concerns what is asked from now on no more. */
    synchronized void expectNext() {
        cancelled = false;
    }

    /** Ends what is asked now, or is next. */
    synchronized void cancel() {
        cancelled = true;
        if (asking != null) {
            asking.interrupt();
        }
    }

    /** @throws InterruptedException when it was cancelled */
    void ask(SqlText sql, ResultLayout layout, OutputStream out) throws Exception {
        begin();
        try (QueryClient answers = QueryClient.open(common, zone)) {
            answers.query(sql, layout, out);
        } finally {
            end();
        }
    }

    private synchronized void begin() throws InterruptedException {
        // The reader's own handler interrupts, when Ctrl-C follows Enter before the reader has given its handler back.
        if (Thread.interrupted() || cancelled) {
            throw new InterruptedException();
        }
        asking = Thread.currentThread();
    }

    /** An interruption that came too late is none. */
    private synchronized void end() {
        asking = null;
        if (cancelled) {
            Thread.interrupted();
        }
    }
}
