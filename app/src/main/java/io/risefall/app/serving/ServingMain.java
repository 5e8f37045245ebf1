package io.risefall.app.serving;

import io.risefall.app.process.ChildJvm;
import io.risefall.app.process.Failure;
import io.risefall.app.process.Logs;
import io.risefall.query.warehouse.DuckDbProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/**
 * The child of {@link ServingProcess}: the query part. Reads its {@link ServingOrder}; prints {@value #READY} and its address
 * once it answers; ends when its standard input is closed, which is also what happens when its parent dies. SIGINT and SIGHUP
 * are left to the parent.
 */
final class ServingMain {
    static final String READY = "READY ";

    /** Exit code: it cannot go on, and neither could another one; the last line says why. */
    static final int FAILED = 4;

    /** Exit code: it has to begin anew. */
    private static final int AGAIN = 5;

    /** A predecessor whose parent was killed has the warehouse open until it has closed everything. */
    private static final Duration PREDECESSOR = Duration.ofSeconds(20);

    /** A query that found nobody to ask may have it open, and take as long as that may take. */
    private static final Duration QUERY = Serving.SQL_LIMIT.plus(PREDECESSOR);

    private ServingMain() {}

    public static void main(String[] args) throws Exception {
        ChildJvm.ignoreSignal("INT");
        ChildJvm.ignoreSignal("HUP");
        ServingOrder order = ServingOrder.parse(firstLine());
        ChildJvm.exitWithParent(System.in);
        Logs.startChild(Path.of(order.data()), "query", System.err, order.debug());
        try {
            Serving serving = started(order);
            Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "stop-serving"));
            System.out.println(READY + serving.address());
            serving.failed().get();
        } catch (ExecutionException e) {
            end(Objects.requireNonNullElse(e.getCause(), e));
        } catch (Exception e) {
            end(e);
        }
    }

    private static String firstLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = System.in.read(); next >= 0 && next != '\n'; next = System.in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static Serving started(ServingOrder order) throws Exception {
        Duration patience = order.restarts() == 0 ? PREDECESSOR : QUERY;
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Serving serving = order.serving();
            try {
                serving.start();
                return serving;
            } catch (Failure e) {
                serving.close();
                if (!Answers.isOpenElsewhere(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /** Without the shutdown hooks: what failed may not let itself be closed, and the file is safe against kill -9. */
    private static void end(Throwable failure) {
        System.err.println(Failure.of(failure).getMessage());
        Runtime.getRuntime().halt(DuckDbProblem.INVALIDATED.isBehind(failure) ? AGAIN : FAILED);
    }
}
