package io.risefall.query.http.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.risefall.query.http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The way to sign in, and back to where somebody wanted to go. */
public final class SignIn {
    /** Where the page is. */
    public static final String PATH = "/login";

    private static final int UNAUTHORIZED = 401;
    private static final int SEE_OTHER = 303;

    private SignIn() {}

    /** Sends a browser that wants a page to sign in; to a script it says so. */
    static Answer wanted(HttpRequest request) {
        String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
        boolean page = request.method().name().equals("GET") && accept.contains("text/html");
        return page && !request.headers().contains("HX-Request")
                ? redirect(PATH + "?to=" + URLEncoder.encode(request.uri(), StandardCharsets.UTF_8))
                : Answer.text(UNAUTHORIZED, "sign in first, at " + PATH);
    }

    /** Where somebody goes after signing in: only ever to a path of this server. */
    public static String safe(String to) {
        boolean here = to.startsWith("/")
                && !to.startsWith("//")
                && to.chars().allMatch(one -> one > ' ' && one < 0x7f && one != '\\');
        return here && !to.startsWith(PATH) ? to : "/";
    }

    public static Answer redirect(String path) {
        return Answer.text(SEE_OTHER, "").with("Location", path);
    }
}
