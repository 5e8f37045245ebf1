package io.risefall.app.serving;

import io.risefall.app.process.CommandException;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.http.ServiceClient;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultLayout;
import java.io.OutputStream;
import java.time.ZoneId;

/** Asks the service that has the warehouse open. */
final class RemoteQueryClient implements QueryClient {
    private final ServiceClient service;

    RemoteQueryClient(ServiceClient service) {
        this.service = service;
    }

    @Override
    public void query(String sql, ResultLayout layout, OutputStream out) throws Exception {
        try {
            service.sql(sql, layout, out);
        } catch (QueryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @Override
    public void report(DayRequest request, ReportFormat format, OutputStream out) throws Exception {
        try {
            service.report(ReportRequest.parameters(request, format), out);
        } catch (QueryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @Override
    public void explain(ExplainTarget asked, ZoneId zone, ExplainFormat format, OutputStream out) throws Exception {
        try {
            service.explain(ExplainRequest.parameters(asked, zone, format), out);
        } catch (QueryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {}
}
