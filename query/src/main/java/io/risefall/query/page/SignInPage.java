package io.risefall.query.page;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.access.Session;
import io.risefall.query.http.access.SignIn;
import io.risefall.query.time.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /login} and {@code /logout}: forms that work without script. */
final class SignInPage {
    private static final int FORM_BYTES = 4096;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final Session NOBODY = new Session(null, "", Instant.EPOCH);

    private final PageAccess access;
    private final PageFrame frame;
    private final ZoneId zone;

    SignInPage(PageAccess access, PageFrame frame, ZoneId zone) {
        this.access = access;
        this.frame = frame;
        this.zone = zone;
    }

    List<Route> routes() {
        return access.needsSignIn()
                ? List.of(
                        new Route(SignIn.PATH, "GET", access.signingIn(), 0, request -> now(form(to(request), ""))),
                        new Route(SignIn.PATH, "POST", access.signingIn(), FORM_BYTES, request -> now(signIn(request))),
                        new Route("/logout", "POST", access.looking(), FORM_BYTES, request -> now(signOut(request))))
                : List.of();
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static String to(Request request) {
        return SignIn.safe(request.parameters().getOrDefault("to", "/"));
    }

    private Answer form(String to, String problem) throws IOException {
        return frame.show(new PageContent("sign_in.ftlx", Map.of("to", to, "problem", problem)), zone, NOBODY);
    }

    private Answer signIn(Request request) throws IOException {
        String to = SignIn.safe(request.form().getOrDefault("to", "/"));
        String token = request.form().getOrDefault("token", "").strip();
        Duration waiting = access.waiting(request, token);
        if (!waiting.isZero()) {
            String pause = Durations.text((waiting.toSeconds() + 1) * 1000);
            return form(to, "Too many wrong tokens came from your address. Try again in " + pause + ".")
                    .with(TOO_MANY)
                    .with("Retry-After", Long.toString(waiting.toSeconds() + 1));
        }
        Optional<String> cookie = access.signIn(request, token);
        return cookie.isEmpty()
                ? form(to, "That token is nobody's.").with(UNAUTHORIZED)
                : PageHeaders.on(SignIn.redirect(to)).with("Set-Cookie", cookie.get());
    }

    private Answer signOut(Request request) {
        Optional<Session> session = access.session(request);
        return session.isPresent() && access.isOwnForm(request, session.get())
                ? PageHeaders.on(SignIn.redirect(SignIn.PATH)).with("Set-Cookie", access.signOut(request))
                : Answer.text(FORBIDDEN, "not from a page of this session; load the page again");
    }
}
