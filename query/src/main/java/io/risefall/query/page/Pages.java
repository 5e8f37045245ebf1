package io.risefall.query.page;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Answer.EventFeed;
import io.risefall.query.http.Guard;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.access.Session;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.sql.QueryException;
import io.risefall.query.warehouse.Warehouse;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Shows pages: some at a time, each in the frame that all share. Any number of threads may ask at once. */
public final class Pages {
    private final Warehouse warehouse;
    private final ZoneId zone;
    private final Supplier<ReadingState> reading;
    private final List<Page> pages;
    private final EventFeed changes;
    private final PageFrame frame;
    private final WorkQueue queue;

    /**
     * @param zone of the times that are shown, unless the {@code zone} of a request says otherwise
     * @param reading how the service reads the topics
     * @param queue makes them
     * @param changes tells open pages that the fleet has changed
     * @param frame what all have around them
     */
    public Pages(
            Warehouse warehouse,
            ZoneId zone,
            Supplier<ReadingState> reading,
            List<Page> pages,
            WorkQueue queue,
            EventFeed changes,
            PageFrame frame) {
        this.warehouse = warehouse;
        this.zone = zone;
        this.reading = reading;
        this.pages = List.copyOf(pages);
        this.queue = queue;
        this.changes = changes;
        this.frame = frame;
    }

    /** Where they are, for those who may look. */
    public List<Route> routes(PageAccess access) {
        List<Route> routes = new ArrayList<>(new SignInPage(access, frame, zone).routes());
        Guard guard = access.looking();
        routes.add(frame.files().route(Guard.OPEN));
        routes.add(new Route("/live", "GET", guard, 0, request -> CompletableFuture.completedStage(live())));
        pages.forEach(page -> routes.add(new Route(
                page.path(),
                "GET",
                guard,
                0,
                request -> show(page, request, access.session(request).orElseThrow()))));
        return routes;
    }

    private Answer live() {
        return PageHeaders.on(Answer.events(changes));
    }

    private CompletionStage<Answer> show(Page page, Request request, Session session) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletableFuture<Answer> done = queue.submit(() -> {
            try (Connection views = warehouse.read()) {
                Visit visit = new Visit(views, zone(request), Instant.now(), reading.get(), request);
                return frame.show(page.show(visit), visit.zone(), session, answer::complete);
            } catch (QueryException e) {
                return frame.wrong(404, e, zone, session);
            } catch (IllegalArgumentException e) {
                return frame.wrong(400, e, zone, session);
            }
        });
        done.whenComplete((whole, failure) -> {
            if (failure == null) {
                answer.complete(whole);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private ZoneId zone(Request request) {
        return new QuestionParameters(request.parameters()).zone(zone);
    }
}
