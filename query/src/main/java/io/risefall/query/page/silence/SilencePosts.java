package io.risefall.query.page.silence;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.access.Session;
import io.risefall.query.http.access.SignIn;
import io.risefall.query.page.PageFrame;
import io.risefall.query.page.PageHeaders;
import io.risefall.schemas.note.AlertSilence;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Forms of {@link SilencesPage} that came back: a silence begins, or with {@code end} one ends. Only who may do more than look has such forms. Any
 * thread.
 */
public final class SilencePosts implements AutoCloseable {
    /** Who is meant where nobody signs in. */
    private static final String UNNAMED = "somebody at the page";

    private static final int FORM_BYTES = 64 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;
    private static final int WAITING = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SilenceBook book;
    private final Supplier<Connection> warehouse;
    private final PageFrame frame;
    private final ZoneId zone;
    /** Its own: while Kafka is away, pages do not wait behind these. */
    private final WorkQueue queue = new WorkQueue("silences", 1, WAITING, PATIENCE);

    /** @param warehouse gives a connection that sees the views */
    public SilencePosts(SilenceBook book, Supplier<Connection> warehouse, PageFrame frame, ZoneId zone) {
        this.book = book;
        this.warehouse = warehouse;
        this.frame = frame;
        this.zone = zone;
    }

    public List<Route> routes(PageAccess access) {
        return List.of(
                new Route(SilencesPage.PATH, "POST", access.looking(), FORM_BYTES, request -> posted(access, request)));
    }

    private CompletionStage<Answer> posted(PageAccess access, Request request) {
        Session session = access.session(request).orElseThrow();
        if (!access.isOwnForm(request, session)) {
            return CompletableFuture.completedStage(
                    Answer.text(FORBIDDEN, "not from a page of this session; go back and load the page again"));
        }
        return queue.submit(() -> done(request.form(), session));
    }

    private Answer done(Map<String, String> fields, Session session)
            throws IOException, SQLException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String end = fields.get("end");
        try (Connection views = warehouse.get()) {
            try {
                book.write(end == null ? begun(fields, session, now) : ended(views, end, now));
                return PageHeaders.on(SignIn.redirect(SilencesPage.PATH));
            } catch (IllegalArgumentException e) {
                return again(views, fields, session, String.valueOf(e.getMessage()), BAD_REQUEST);
            } catch (IOException e) {
                return again(views, fields, session, "That was not stored: " + e.getMessage(), UNAVAILABLE);
            }
        }
    }

    private static List<AlertSilence> begun(Map<String, String> fields, Session session, Instant now) {
        return SilenceForm.of(fields)
                .silences(now, session.user() == null ? UNNAMED : session.user().name());
    }

    private static List<AlertSilence> ended(Connection views, String id, Instant now) throws SQLException {
        return List.of(KeptSilences.read(views, now).lasting(id).endedAt(now));
    }

    private Answer again(Connection views, Map<String, String> fields, Session session, String problem, int status)
            throws SQLException, IOException {
        return frame.show(
                        SilencesPage.content(views, Instant.now(), zone, SilenceForm.of(fields), problem),
                        zone,
                        session)
                .with(status);
    }

    @Override
    public void close() {
        queue.close();
    }
}
