package io.risefall.query.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends queries that are not wanted any more, take too long or too much memory, in a thread of its own while there are any. DuckDB forgets an
 * interruption that comes before a statement begins, and heeds one only between two vectors: it is repeated until the query
 * has ended. Any thread.
 */
final class SqlWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SqlWatch.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Duration limit;
    private final long memoryBytes;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private boolean watching;

    private record Running(Statement statement, Cancellation cancellation, long begunAt) {}

    /** What runs a statement. */
    interface Work {
        void run() throws Exception;
    }

    /**
     * @param limit how long each may take
     * @param memoryBytes what this process may have beside Java's heap while they run
     */
    SqlWatch(Duration limit, long memoryBytes) {
        this.limit = limit;
        this.memoryBytes = memoryBytes;
    }

    /** Does {@code work}, which runs {@code statement}, and watches it meanwhile. */
    void during(Statement statement, Cancellation cancellation, Work work) throws Exception {
        Running query = new Running(statement, cancellation, System.nanoTime());
        running.add(query);
        watch();
        try {
            work.run();
        } finally {
            running.remove(query);
        }
    }

    /** Ends all that run. */
    void cancelAll(String why) {
        running.forEach(query -> query.cancellation().cancel(why));
    }

    private synchronized void watch() {
        if (!watching) {
            watching = true;
            Thread thread = new Thread(this::look, "sql-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void look() {
        while (goesOn()) {
            lookAtMemory();
            running.forEach(this::look);
            try {
                Thread.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does; ends at the next sleep
            }
        }
    }

    private synchronized boolean goesOn() {
        watching = !running.isEmpty();
        return watching;
    }

    /** Whose memory it is cannot be told: all yield. */
    private void lookAtMemory() {
        if (ProcessMemory.besideHeap() > memoryBytes) {
            cancelAll("cancelled: the running queries took more than the " + (memoryBytes >> 20)
                    + " MiB of memory that they share; select less at a time");
        }
    }

    private void look(Running query) {
        if (System.nanoTime() - query.begunAt() > limit.toNanos()) {
            query.cancellation().cancel("cancelled: the query took longer than " + limit.toSeconds() + " s");
        }
        if (query.cancellation().why() != null) {
            try {
                query.statement().cancel();
            } catch (SQLException e) {
                LOG.debug("it ended by itself: {}", e.toString());
            }
        }
    }
}
