package io.risefall.app.serving;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.query.http.service.ServiceBusyException;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import io.risefall.query.warehouse.DuckDbProblem;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Answers SQL and {@link Question}s: through the service running on the data directory, or from its warehouse. */
public interface QueryClient extends AutoCloseable {
    /** How long to wait for another query, or for a service that starts or stops. */
    Duration PATIENCE = Duration.ofSeconds(10);

    void query(SqlText sql, ResultLayout layout, OutputStream out) throws Exception;

    /** Asks a question, and returns the exit code of its command. */
    int ask(Question question, QuestionParameters parameters, OutputStream out) throws Exception;

    @Override
    void close();

    /** Connects to the running service, or opens the warehouse. */
    static QueryClient open(CommonOptions common, ZoneId zone) throws InterruptedException {
        DataDirectory data = new DataDirectory(common.data(), "risefall");
        if (Files.isDirectory(data.path()) && !Files.isExecutable(data.path())) {
            throw new CommandException(
                    "cannot read " + data.path()
                            + ": permission denied; its owner can share it with risefall run --group GROUP (or risefall import)");
        }
        if (!Files.exists(data.warehouse())) {
            throw noData(common);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Optional<ServiceClient> service = ServiceClient.find(data.path());
                if (service.isPresent()) {
                    return new RemoteQueryClient(service.get());
                }
                // A service that starts or restarts its query part must not find the warehouse open here.
                boolean owned = data.isOwned() || new DataDirectory(common.data(), "serve").isOwned();
                if (!owned || System.nanoTime() - deadline >= 0) {
                    return new LocalQueryClient(data.warehouse(), zone);
                }
            } catch (ServiceBusyException e) {
                throwAfter(deadline, e);
            } catch (CommandException e) {
                throwAfter(isOpenElsewhere(e) ? deadline : System.nanoTime(), e);
            }
            Thread.sleep(100);
        }
    }

    /** Nothing was ever stored there. */
    static CommandException noData(CommonOptions common) {
        return new CommandException(
                "no data in " + common.data()
                        + " yet; import some with risefall import FILE, start risefall run, or give another directory with --data DIR");
    }

    /** Whether another process has the warehouse open. */
    static boolean isOpenElsewhere(CommandException failure) {
        return DuckDbProblem.IN_USE.isBehind(failure);
    }

    private static void throwAfter(long deadline, RuntimeException problem) {
        if (System.nanoTime() - deadline >= 0) {
            throw problem;
        }
    }
}
