package io.risefall.app;

import io.risefall.query.QueryException;
import io.risefall.query.ResultLayout;
import io.risefall.query.RolePatterns;
import io.risefall.query.ServiceClient;
import io.risefall.query.report.Asked;
import io.risefall.query.report.ExplainFormat;
import io.risefall.query.report.ReportFormat;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The service that has the warehouse open. */
final class ServiceAnswers implements Answers {
    private final ServiceClient service;

    ServiceAnswers(ServiceClient service) {
        this.service = service;
    }

    @Override
    public void query(String sql, ResultLayout layout, OutputStream out) throws Exception {
        try {
            service.sql(sql, layout, out);
        } catch (QueryException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    @Override
    public void report(LocalDate day, ZoneId zone, @Nullable RolePatterns roles, ReportFormat format, OutputStream out)
            throws Exception {
        try {
            service.report(ReportRequest.parameters(day, zone, roles, format), out);
        } catch (QueryException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    @Override
    public void explain(Asked asked, ZoneId zone, ExplainFormat format, OutputStream out) throws Exception {
        try {
            service.explain(ExplainRequest.parameters(asked, zone, format), out);
        } catch (QueryException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    @Override
    public void close() {}
}
