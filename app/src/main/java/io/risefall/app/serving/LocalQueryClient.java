package io.risefall.app.serving;

import io.risefall.app.process.CommandException;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.Questions;
import io.risefall.query.sql.Cancellation;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.sql.SqlText;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Opens the warehouse itself, because no service has it open. */
final class LocalQueryClient implements QueryClient {
    private final Warehouse warehouse;
    private final SqlSandbox sandbox;
    private final Questions questions;

    LocalQueryClient(Path file, ZoneId zone) {
        try {
            warehouse = Warehouse.open(file, zone);
        } catch (WarehouseException e) {
            throw new CommandException(e.getMessage(), e);
        }
        sandbox = new SqlSandbox(warehouse::read, Serving.SQL_LIMIT);
        questions = new Questions(warehouse, zone, () -> null);
    }

    /** In its own thread, so that Ctrl-C can cancel it. */
    @Override
    public void query(SqlText sql, ResultLayout layout, OutputStream out) throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Void> answered = CompletableFuture.runAsync(
                () -> sandbox.query(sql, layout, out, cancellation), task -> new Thread(task, "query").start());
        try {
            answered.get();
        } catch (InterruptedException e) {
            cancellation.cancel("cancelled"); // heeded even where the query has not begun yet
            answered.exceptionally(cancelled -> null).join();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof QueryException problem
                    ? new CommandException(problem.getMessage(), problem)
                    : new CommandException("cannot write the result: " + CommandException.reason(e), e);
        }
    }

    @Override
    public int ask(Question question, QuestionParameters parameters, OutputStream out) throws Exception {
        try {
            return questions.answer(question, parameters, out);
        } catch (QueryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        warehouse.close();
    }
}
