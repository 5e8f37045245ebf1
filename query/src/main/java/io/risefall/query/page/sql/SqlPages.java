package io.risefall.query.page.sql;

import io.risefall.query.http.Answer;
import io.risefall.query.http.BusyException;
import io.risefall.query.http.Guard;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.access.Session;
import io.risefall.query.http.service.UserQueries;
import io.risefall.query.page.PageFrame;
import io.risefall.query.page.PageHeaders;
import io.risefall.query.sql.Cancellation;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.ResultRows;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.sql.SqlText;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /query}: SQL of whoever looks, and its first rows; {@code /query/rows.csv} and {@code .json} have all of them. A link holds the query,
 * unless it is too long for one and is posted. It runs where programs' SQL runs. Any thread.
 */
public final class SqlPages {
    private static final ResultRows.Limits SHOWN = new ResultRows.Limits(500, 2_000, 1_000_000);
    private static final int LONGEST = 256 * 1024;
    private static final int NO_BODY = 0;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final UserQueries queries;
    private final WorkQueue pages;
    private final Supplier<Connection> warehouse;
    private final PageFrame frame;
    private final ZoneId zone;
    private volatile @Nullable SqlCatalog catalog;

    /**
     * @param queries what runs users' SQL
     * @param pages what makes pages that run none
     * @param warehouse gives a connection that sees the views
     */
    public SqlPages(
            UserQueries queries, WorkQueue pages, Supplier<Connection> warehouse, PageFrame frame, ZoneId zone) {
        this.queries = queries;
        this.pages = pages;
        this.warehouse = warehouse;
        this.frame = frame;
        this.zone = zone;
    }

    /** Where they are, for those who may look: a query changes nothing. */
    public List<Route> routes(PageAccess access) {
        Guard looking = access.looking();
        Guard posting = access.asking();
        return List.of(
                new Route(AskedSql.PATH, "GET", looking, NO_BODY, request -> page(access, request, ofLink(request))),
                new Route(
                        AskedSql.PATH,
                        "POST",
                        posting,
                        LONGEST,
                        request -> posted(access, request, sql -> page(access, request, sql))),
                new Route(AskedSql.PATH + "/", "GET", looking, NO_BODY, request -> file(request, ofLink(request))),
                new Route(
                        AskedSql.PATH + "/",
                        "POST",
                        posting,
                        LONGEST,
                        request -> posted(access, request, sql -> file(request, sql))));
    }

    private static AskedSql ofLink(Request request) {
        return AskedSql.of(request.parameters());
    }

    /** What answers a query. */
    private interface Answering {
        CompletionStage<Answer> answer(AskedSql asked);
    }

    private static CompletionStage<Answer> posted(PageAccess access, Request request, Answering answering) {
        return access.isOwnForm(request, session(access, request))
                ? answering.answer(AskedSql.of(request.form()))
                : CompletableFuture.completedStage(Answer.text(
                        FORBIDDEN, "not from a page of this session; go back, copy the query and load the page again"));
    }

    private static Session session(PageAccess access, Request request) {
        return access.session(request).orElseThrow();
    }

    private CompletionStage<Answer> file(Request request, AskedSql asked) {
        String name = String.join("/", request.rest());
        if (name.equals("words.json")) {
            return pages.submit(
                    () -> PageHeaders.on(Answer.of("application/json", catalog().json()))
                            .with("Cache-Control", "private, max-age=600"));
        }
        if (!name.equals("rows.csv") && !name.equals("rows.json")) {
            throw new QueryException("nothing at this path; rows are at " + AskedSql.PATH + "/rows.csv and /rows.json");
        }
        ResultFormat format = ResultFormat.of(name.substring("rows.".length()));
        return queries.rows(request, SqlText.of(asked.text()), ResultLayout.of(format))
                .thenApply(rows -> PageHeaders.on(rows)
                        .with("Content-Disposition", "attachment; filename=\"risefall-" + name + "\""));
    }

    private CompletionStage<Answer> page(PageAccess access, Request request, AskedSql asked) {
        Session session = session(access, request);
        if (asked.isBlank()) {
            return pages.submit(() -> show(SqlAnswer.none(asked), session));
        }
        return queries.submit(request, (sandbox, cancellation) -> run(asked, sandbox, cancellation, session))
                .exceptionallyCompose(failure -> busy(failure) == null
                        ? CompletableFuture.failedStage(failure)
                        : pages.submit(() -> turnedAway(asked, busy(failure), session)));
    }

    private static @Nullable BusyException busy(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof BusyException busy ? busy : null;
    }

    private Answer turnedAway(AskedSql asked, BusyException busy, Session session) throws SQLException, IOException {
        return show(SqlAnswer.wrong(asked, new QueryException(String.valueOf(busy.getMessage()))), session)
                .with(UNAVAILABLE)
                .with("Retry-After", Long.toString(Math.max(1, busy.retryAfter().toSeconds())));
    }

    private Answer run(AskedSql asked, SqlSandbox sandbox, Cancellation cancellation, Session session)
            throws SQLException, IOException {
        long begun = System.nanoTime();
        try {
            ResultRows rows = sandbox.rows(SqlText.of(asked.text()), SHOWN, cancellation);
            return show(SqlAnswer.of(asked, rows, Duration.ofNanos(System.nanoTime() - begun)), session);
        } catch (QueryException e) {
            return show(SqlAnswer.wrong(asked, e), session).with(BAD_REQUEST);
        }
    }

    private Answer show(SqlAnswer answer, Session session) throws SQLException, IOException {
        return frame.show(answer.page(catalog()), zone, session);
    }

    /** Views are made when the warehouse is opened, and do not change until it is closed. */
    private SqlCatalog catalog() throws SQLException, IOException {
        SqlCatalog known = catalog;
        if (known == null) {
            try (Connection views = warehouse.get()) {
                known = SqlCatalog.read(views);
            }
            catalog = known;
        }
        return known;
    }
}
