package io.risefall.app.serving;

import io.risefall.app.process.CommandException;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.OutputStream;

/** Asks the service that has the warehouse open. */
final class RemoteQueryClient implements QueryClient {
    private final ServiceClient service;

    RemoteQueryClient(ServiceClient service) {
        this.service = service;
    }

    @Override
    public void query(SqlText sql, ResultLayout layout, OutputStream out) throws Exception {
        try {
            service.sql(sql, layout, out);
        } catch (QueryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @Override
    public int ask(Question question, QuestionParameters parameters, OutputStream out) throws Exception {
        try {
            return service.ask(question, parameters, out);
        } catch (QueryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {}
}
