package io.risefall.query.page;

import io.risefall.query.http.Answer;
import io.risefall.query.http.access.Session;
import io.risefall.query.template.PageTemplates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all pages have around them: head, navigation, and what a browser is told to forbid. Any thread. */
public final class PageFrame {
    private static final Logger LOG = LoggerFactory.getLogger(PageFrame.class);
    private static final String HTML = "text/html; charset=utf-8";

    private final StaticFiles files = new StaticFiles();

    /**
     * A page as a browser is sent it.
     *
     * @param zone of its times
     * @param session whose browser
     */
    public Answer show(PageContent content, ZoneId zone, Session session) throws IOException {
        StringBuilder page = new StringBuilder();
        PageTemplates.print(template(content), model(content, zone, session), page);
        return PageHeaders.on(Answer.of(HTML, bytes(page.toString())));
    }

    /**
     * The same, where it has a rest in two pieces: {@code begin} is called with an answer as soon as the first is there. What fails
     * after that ends the page with a word about it.
     */
    Answer show(PageContent content, ZoneId zone, Session session, Consumer<Answer> begin)
            throws SQLException, IOException {
        PageContent.Rest rest = content.rest();
        if (rest == null) {
            return show(content, zone, session);
        }
        CompletableFuture<Answer.Rest> end = new CompletableFuture<>();
        AtomicReference<Answer> begun = new AtomicReference<>();
        try {
            String second = PageTemplates.printInTwo(template(content), model(content, zone, session), first -> {
                Answer answer = PageHeaders.on(Answer.begun(HTML, bytes(first), end));
                begun.set(answer);
                begin.accept(answer);
                return rest.read();
            });
            end.complete(new Answer.Rest(bytes(second), true));
        } catch (SQLException | IOException | RuntimeException | Error e) {
            if (begun.get() == null) {
                throw e;
            }
            LOG.warn("cannot end the page {}: {}", content.template(), e.toString());
            end.complete(new Answer.Rest(bytes(cutOff(e)), false));
        }
        return Objects.requireNonNull(begun.get(), "a template without <@rest/>");
    }

    private static String cutOff(Throwable why) throws IOException {
        StringBuilder page = new StringBuilder();
        PageTemplates.print("page/cut_off.ftlx", Map.of("why", String.valueOf(why.getMessage())), page);
        return page.toString();
    }

    private static String template(PageContent content) {
        return "page/" + content.template();
    }

    private static byte[] bytes(String page) {
        return page.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> model(PageContent content, ZoneId zone, Session session) {
        Map<String, Object> model = new HashMap<>(content.model());
        model.put("csrf", session.csrf());
        model.put("user", session.user() == null ? "" : session.user().name());
        model.put("full", session.isFull());
        model.put("files", files);
        model.put("zone", zone.getId());
        model.put("links", Links.ALL);
        return model;
    }

    /** A page that says why there is no other. */
    public Answer wrong(int status, Exception why, ZoneId zone, Session session) throws IOException {
        return show(new PageContent("wrong.ftlx", Map.of("why", String.valueOf(why.getMessage()))), zone, session)
                .with(status);
    }

    StaticFiles files() {
        return files;
    }
}
