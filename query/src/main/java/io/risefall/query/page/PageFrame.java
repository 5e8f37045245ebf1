package io.risefall.query.page;

import io.risefall.query.http.Answer;
import io.risefall.query.http.access.Session;
import io.risefall.query.template.PageTemplates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** What all pages have around them: head, navigation, and what a browser is told to forbid. Any thread. */
public final class PageFrame {
    private static final String HTML = "text/html; charset=utf-8";

    private final StaticFiles files = new StaticFiles();

    /**
     * A page as a browser is sent it.
     *
     * @param zone of its times
     * @param session whose browser
     */
    public Answer show(PageContent content, ZoneId zone, Session session) throws IOException {
        Map<String, Object> model = new HashMap<>(content.model());
        model.put("csrf", session.csrf());
        model.put("user", session.user() == null ? "" : session.user().name());
        model.put("full", session.isFull());
        model.put("files", files);
        model.put("zone", zone.getId());
        model.put("links", Links.ALL);
        StringBuilder page = new StringBuilder();
        PageTemplates.print("page/" + content.template(), model, page);
        return PageHeaders.on(Answer.of(HTML, page.toString().getBytes(StandardCharsets.UTF_8)));
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
