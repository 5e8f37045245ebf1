package io.risefall.query.page.report;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.access.Session;
import io.risefall.query.http.service.UserQuestions;
import io.risefall.query.page.PageFrame;
import io.risefall.query.page.PageHeaders;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.ReportQuestion;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.sql.QueryException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code /reports/UNIT/DATE}: a report as {@code risefall report} prints it, with the way to its neighbours above it, or as a file. It is made
 * where programs' reports are made. Any thread.
 */
public final class ReportPages {
    /** The report's styles are inside, as of each bar its length; it has no script, and loads nothing. */
    private static final String CONTENT_SECURITY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private static final int SEE_OTHER = 303;
    private static final int NO_BODY = 0;

    private final UserQuestions questions;
    private final WorkQueue pages;
    private final PageFrame frame;
    private final ZoneId zone;

    /**
     * @param questions what makes reports
     * @param pages what makes all other pages
     * @param zone where days begin, unless the {@code zone} of a request says otherwise
     */
    public ReportPages(UserQuestions questions, WorkQueue pages, PageFrame frame, ZoneId zone) {
        this.questions = questions;
        this.pages = pages;
        this.frame = frame;
        this.zone = zone;
    }

    /** Where they are, for those who may look. */
    public List<Route> routes(PageAccess access) {
        return List.of(new Route(
                ReportAddress.PATH,
                "GET",
                access.looking(),
                NO_BODY,
                request -> answer(request, access.session(request).orElseThrow())));
    }

    private CompletionStage<Answer> answer(Request request, Session session) {
        try {
            Map<String, String> parameters = request.parameters();
            return parameters.containsKey("unit")
                    ? CompletableFuture.completedStage(chosen(parameters))
                    : report(ReportAddress.of(request.rest(), parameters), parameters, session);
        } catch (IllegalArgumentException e) {
            return pages.submit(() -> frame.wrong(400, e, zone, session));
        }
    }

    /** What was chosen in a form has an address of its own. */
    private static Answer chosen(Map<String, String> parameters) {
        CalendarUnit unit = CalendarUnit.of(parameters.getOrDefault("unit", ""))
                .orElseThrow(() -> new IllegalArgumentException("choose day, week, month or year"));
        String date = parameters.getOrDefault("date", "");
        try {
            String to =
                    ReportAddress.of(unit, LocalDate.parse(date), parameters).href();
            return PageHeaders.on(Answer.text(SEE_OTHER, "")).with("Location", to);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + date + "' is not a day: use one such as 2026-11-23", e);
        }
    }

    private CompletionStage<Answer> report(ReportAddress address, Map<String, String> parameters, Session session) {
        ZoneId asked = new QuestionParameters(parameters).zone(zone);
        LocalDate today = LocalDate.now(asked);
        return questions
                .answer(
                        new ReportQuestion(address.site(today)),
                        ReportQuestion.parameters(
                                address.request(asked, today), DayRequest.FORGOTTEN_AFTER, address.format()))
                .thenApply(report -> secured(report, address.file()))
                .exceptionallyCompose(failure -> wrong(failure, session));
    }

    private static Answer secured(Answer report, @Nullable String file) {
        Answer secured = PageHeaders.on(report).with("Content-Security-Policy", CONTENT_SECURITY);
        return file == null ? secured : secured.with("Content-Disposition", "attachment; filename=\"" + file + "\"");
    }

    private CompletionStage<Answer> wrong(Throwable failure, Session session) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof QueryException unknown) {
            return pages.submit(() -> frame.wrong(404, unknown, zone, session));
        }
        return CompletableFuture.failedStage(failure);
    }
}
