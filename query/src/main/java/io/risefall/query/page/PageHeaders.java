package io.risefall.query.page;

import io.risefall.query.http.Answer;
import java.util.Map;

/** What a browser is told to forbid whatever a page might contain: nothing inline, nothing from elsewhere, no frame around it. */
public final class PageHeaders {
    private static final String CONTENT_SECURITY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY,
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private PageHeaders() {}

    /** An answer, with all of them. */
    public static Answer on(Answer answer) {
        Answer with = answer;
        for (Map.Entry<String, String> header : ALL.entrySet()) {
            with = with.with(header.getKey(), header.getValue());
        }
        return with;
    }
}
