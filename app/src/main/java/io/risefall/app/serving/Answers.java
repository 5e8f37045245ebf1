package io.risefall.app.serving;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.Failure;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.http.ServiceBusyException;
import io.risefall.query.http.ServiceClient;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.warehouse.DuckDbProblem;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** What answers {@code query}, {@code report} and {@code explain}: the service that runs on the data directory, else its warehouse. */
public interface Answers extends AutoCloseable {
    /** Another query has the warehouse open for a moment; a service that starts or stops, for a few. */
    Duration PATIENCE = Duration.ofSeconds(10);

    void query(String sql, ResultLayout layout, OutputStream out) throws Exception;

    void report(DayRequest request, ReportFormat format, OutputStream out) throws Exception;

    void explain(ExplainTarget asked, ZoneId zone, ExplainFormat format, OutputStream out) throws Exception;

    @Override
    void close();

    /** Finds what there is. */
    static Answers open(CommonOptions common, ZoneId zone) throws InterruptedException {
        DataDirectory data = new DataDirectory(common.data, "risefall");
        if (Files.isDirectory(data.path()) && !Files.isExecutable(data.path())) {
            throw new Failure("may not look into " + data.path()
                    + ": permission denied; its owner can share it: risefall run --group GROUP, or risefall import");
        }
        if (!Files.exists(data.warehouse())) {
            throw new Failure("no data in " + common.data
                    + " yet; read some with risefall import FILE or risefall run, or name another with --data DIR");
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Optional<ServiceClient> service = ServiceClient.find(data.path());
                if (service.isPresent()) {
                    return new ServiceAnswers(service.get());
                }
                // Who starts, or starts again what answers, should not find its file open elsewhere.
                boolean owned = data.isOwned() || new DataDirectory(common.data, "serve").isOwned();
                if (!owned || System.nanoTime() - deadline >= 0) {
                    return new WarehouseAnswers(data.warehouse(), zone);
                }
            } catch (ServiceBusyException e) {
                throwAfter(deadline, e);
            } catch (Failure e) {
                throwAfter(isOpenElsewhere(e) ? deadline : System.nanoTime(), e);
            }
            Thread.sleep(100);
        }
    }

    /** Whether another process has the warehouse open. */
    static boolean isOpenElsewhere(Failure failure) {
        return DuckDbProblem.IN_USE.isBehind(failure);
    }

    private static void throwAfter(long deadline, RuntimeException problem) {
        if (System.nanoTime() - deadline >= 0) {
            throw problem;
        }
    }
}
