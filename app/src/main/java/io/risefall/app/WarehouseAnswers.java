package io.risefall.app;

import io.risefall.query.QueryException;
import io.risefall.query.ResultFormat;
import io.risefall.query.SqlSandbox;
import io.risefall.query.Warehouse;
import io.risefall.query.report.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The warehouse itself, opened by this process because no service has it open. */
final class WarehouseAnswers implements Answers {
    private final Warehouse warehouse;
    private final SqlSandbox sandbox;

    WarehouseAnswers(Path file, ZoneId zone) {
        warehouse = Warehouse.open(file, zone);
        sandbox = new SqlSandbox(warehouse::read, Serving.QUERY_LIMIT);
    }

    @Override
    public void query(String sql, ResultFormat format, OutputStream out) throws InterruptedException {
        // In a thread of its own, because DuckDB does not hear that this one is interrupted.
        FutureTask<ResultFormat.Summary> answer = new FutureTask<>(() -> sandbox.query(sql, format, out));
        Thread thread = new Thread(answer, "query");
        thread.start();
        try {
            answer.get();
        } catch (InterruptedException e) {
            sandbox.close();
            thread.join();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof QueryException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void report(LocalDate day, ZoneId zone, ReportFormat format, OutputStream out)
            throws SQLException, IOException {
        DayReportRequest.write(warehouse, day, zone, format, out);
    }

    @Override
    public void close() {
        sandbox.close();
        warehouse.close();
    }
}
