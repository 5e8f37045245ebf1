package io.risefall.app.serving;

import io.risefall.app.process.ChildJvm;
import io.risefall.app.process.CommandException;
import io.risefall.app.process.Logs;
import io.risefall.query.warehouse.DuckDbProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The query part as a child of {@link ServingProcess}. Reads its {@link ServingConfig} and opens the warehouse, reads the address of
 * Kafka, prints {@value #READY} and its address
 * once it answers, and exits when its standard input is closed, which also happens when its parent dies. The parent handles
 * SIGINT and SIGHUP.
 */
final class ServingMain {
    static final String READY = "READY ";

    /** Exit code: it failed, and a restart would fail too; the last line is the reason. */
    static final int FAILED = 4;

    /** Exit code: it needs a restart. */
    static final int NEEDS_RESTART = 5;

    /** A predecessor whose parent was killed still has the warehouse open while it closes. */
    private static final Duration PREDECESSOR = Duration.ofSeconds(20);

    /** A local query may have the warehouse open, up to the time limit of a query. */
    private static final Duration QUERY = Serving.SQL_LIMIT.plus(PREDECESSOR);

    private ServingMain() {}

    public static void main(String[] args) throws Exception {
        ChildJvm.ignoreSignal("INT");
        ChildJvm.ignoreSignal("HUP");
        ServingConfig config = ServingConfig.parse(ChildJvm.readLine(System.in));
        CompletableFuture<String> kafka = ChildJvm.lineThenExitWithParent(System.in);
        Logs.startChild(Path.of(config.data()), "query", System.err, config.debug(), config.verbose());
        try {
            Serving serving = config.serving();
            open(serving, config.restarts() == 0 ? PREDECESSOR : QUERY);
            serving.start(ServingConfig.parseKafka(kafka.get()));
            Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "stop-serving"));
            System.out.println(READY + serving.address());
            serving.failed().get();
        } catch (ExecutionException e) {
            end(Objects.requireNonNullElse(e.getCause(), e));
        } catch (Exception e) {
            end(e);
        }
    }

    private static void open(Serving serving, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                serving.open();
                return;
            } catch (CommandException e) {
                if (!QueryClient.isOpenElsewhere(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /** Skips the shutdown hooks: what failed may not close, and the file is safe against kill -9. */
    private static void end(Throwable failure) {
        System.err.println(CommandException.of(failure).getMessage());
        Runtime.getRuntime().halt(exitCode(failure));
    }

    /** After an error a new process begins with all that is known again, as of classes and memory. */
    static int exitCode(Throwable failure) {
        return DuckDbProblem.INVALIDATED.isBehind(failure) || isError(failure) ? NEEDS_RESTART : FAILED;
    }

    private static boolean isError(Throwable failure) {
        return failure instanceof Error || (failure.getCause() != null && isError(failure.getCause()));
    }
}
