package io.risefall.query.http.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.ssl.SslContext;
import io.risefall.query.http.Answer;
import io.risefall.query.http.Gate;
import io.risefall.query.http.Guard;
import io.risefall.query.http.HostNames;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.SameOrigin;
import io.risefall.query.http.service.Access;
import io.risefall.query.text.RandomToken;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may come: on a loopback address everybody on this host, where there are users only they. Guards are asked by the server's
 * thread, the rest by any.
 */
public final class PageAccess implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(PageAccess.class);
    private static final String BEARER = "Bearer ";
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    private final HostNames hosts;
    private final boolean loopback;
    private final @Nullable UsersFile users;
    private final @Nullable TlsFiles tls;
    private final @Nullable Sessions sessions;
    private final SignInThrottle throttle;
    private final Session everybody;
    private final List<Route> pages;

    /**
     * @param host the name or address at which the service listens
     * @param pages makes the pages of this
     * @throws IllegalArgumentException see {@link AccessSettings#check}
     */
    public PageAccess(String host, AccessSettings settings, Clock clock, Function<PageAccess, List<Route>> pages) {
        settings.check(host);
        hosts = HostNames.of(host, settings.hosts());
        loopback = AccessSettings.isLoopback(host);
        users = settings.users() == null ? null : new UsersFile(Path.of(settings.users()));
        tls = settings.certificate() == null || settings.key() == null
                ? null
                : new TlsFiles(Path.of(settings.certificate()), Path.of(settings.key()));
        sessions = users == null ? null : new Sessions(users, clock);
        throttle = new SignInThrottle(clock);
        everybody = new Session(null, RandomToken.make(), clock.instant());
        this.pages = pages.apply(this);
    }

    @Override
    public HostNames hosts() {
        return hosts;
    }

    @Override
    public @Nullable Supplier<SslContext> encryption() {
        return tls;
    }

    @Override
    public boolean isApartFromPrograms() {
        return tls != null || !loopback;
    }

    @Override
    public List<Route> pages() {
        return pages;
    }

    /** Whether somebody has to sign in before anything is shown. */
    public boolean needsSignIn() {
        return users != null;
    }

    @Override
    public Guard programs(Gate gate) {
        return (request, remote) -> refusal(gate, request, remote);
    }

    private @Nullable Answer refusal(Gate gate, HttpRequest request, String remote) {
        Answer refusal = gate.refusal(request, remote);
        List<String> shown = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (refusal == null
                || users == null
                || shown.size() != 1
                || !shown.get(0).startsWith(BEARER)) {
            return refusal;
        }
        String token = shown.get(0).substring(BEARER.length());
        Duration waiting = waiting(remote, token);
        if (!waiting.isZero()) {
            return Answer.busy("too many wrong tokens came from your address", waiting.plusSeconds(1))
                    .with(TOO_MANY);
        }
        User user = user(remote, token).orElse(null);
        if (user == null || request.headers().contains(HttpHeaderNames.ORIGIN)) {
            return refusal;
        }
        Answer other = new SameOrigin(hosts).hostRefusal(request);
        if (other != null) {
            return other;
        }
        return user.scope() == Scope.FULL ? null : Answer.text(FORBIDDEN, onlyLooks(user));
    }

    /** Lets browsers look that belong to somebody who may, and sends the others to sign in. */
    public Guard looking() {
        Guard asking = asking();
        return (request, remote) -> {
            Answer refusal = asking.refusal(request, remote);
            if (refusal != null) {
                return refusal;
            }
            User reader = session(request.headers())
                    .filter(session -> !session.isFull())
                    .map(Session::user)
                    .orElse(null);
            boolean looks = SameOrigin.reads(request);
            return looks || reader == null ? null : Answer.text(FORBIDDEN, onlyLooks(reader));
        };
    }

    /** The same for what changes nothing, however it is sent. */
    public Guard asking() {
        SameOrigin origin = new SameOrigin(hosts);
        return (request, remote) -> {
            Answer refusal = origin.refusal(request, remote);
            return refusal == null && session(request.headers()).isEmpty() ? SignIn.wanted(request) : refusal;
        };
    }

    /** Lets browsers sign in, and out. */
    public Guard signingIn() {
        return new SameOrigin(hosts);
    }

    private static String onlyLooks(User user) {
        return "the token of " + user.name() + " has the scope read, which may only look";
    }

    /** Whose request it is; empty: nobody's who may look. */
    public Optional<Session> session(Request request) {
        String cookies = request.header(HttpHeaderNames.COOKIE.toString());
        return session(cookies);
    }

    private Optional<Session> session(HttpHeaders headers) {
        return session(headers.get(HttpHeaderNames.COOKIE));
    }

    private Optional<Session> session(@Nullable String cookies) {
        return sessions == null ? Optional.of(everybody) : sessionId(cookies).flatMap(sessions::find);
    }

    private Optional<String> sessionId(@Nullable String cookies) {
        return cookies == null
                ? Optional.empty()
                : ServerCookieDecoder.STRICT.decode(cookies).stream()
                        .filter(cookie -> cookie.name().equals(cookieName()))
                        .map(Cookie::value)
                        .findFirst();
    }

    /** Whether a form that came is of a page of that session: one of another origin cannot know what it sends back. */
    public boolean isOwnForm(Request request, Session session) {
        String shown = Optional.ofNullable(request.header("X-Csrf-Token"))
                .orElseGet(() -> request.form().getOrDefault("csrf", ""));
        return UserTokens.equal(shown, session.csrf());
    }

    /** How long who asks has to wait before a token like that is looked at; zero: not at all. */
    public Duration waiting(Request request, String token) {
        return waiting(request.remote(), token);
    }

    private Duration waiting(String remote, String token) {
        return users == null ? Duration.ZERO : throttle.wait(remote, users.named(token));
    }

    /** Signs somebody in. @return the cookie of the session; empty: the token is nobody's */
    public Optional<String> signIn(Request request, String token) {
        Sessions begun = sessions;
        Optional<User> user = user(request.remote(), token);
        if (user.isEmpty() || begun == null) {
            return Optional.empty();
        }
        LOG.info("{} signed in from {}", user.get().name(), request.remote());
        return Optional.of(cookie(begun.begin(user.get())));
    }

    private Optional<User> user(String remote, String token) {
        UsersFile known = users;
        if (known == null) {
            return Optional.empty();
        }
        Optional<User> user = known.user(token);
        if (user.isPresent()) {
            throttle.succeeded(remote, user.get());
        } else {
            throttle.failed(remote, known.named(token));
            LOG.info("a wrong token was shown from {}", remote);
        }
        return user;
    }

    /** Signs somebody out. @return the cookie that makes the browser forget */
    public String signOut(Request request) {
        if (sessions != null) {
            sessionId(request.header(HttpHeaderNames.COOKIE.toString())).ifPresent(sessions::end);
        }
        return cookie("") + "; Max-Age=0";
    }

    /** The prefix makes a browser refuse it from other hosts and without encryption. */
    private String cookieName() {
        return tls == null ? "risefall" : "__Host-risefall";
    }

    private String cookie(String value) {
        return cookieName() + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + (tls == null ? "" : "; Secure");
    }
}
