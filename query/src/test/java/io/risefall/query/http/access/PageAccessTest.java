package io.risefall.query.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Gate;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.RawClient;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WebServer;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.page.PageFrame;
import io.risefall.query.page.Pages;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.suite.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, over real connections. */
class PageAccessTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @TempDir
    Path folder;

    private Path users;
    private String anna;
    private String otto;
    private final MutableClock clock = new MutableClock();
    private Warehouse warehouse;
    private final WorkQueue queue = new WorkQueue("pages", 2, 8, Duration.ofSeconds(20));
    private Pages pages;
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        users = folder.resolve("users");
        anna = add("anna", Scope.FULL);
        otto = add("otto", Scope.READ);
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), UTC);
        pages = new Pages(
                warehouse,
                UTC,
                () -> new ReadingState(null, Map.of(), Map.of()),
                List.of(),
                queue,
                client -> () -> {},
                new PageFrame());
        PageAccess access = new PageAccess(
                "127.0.0.1",
                new AccessSettings(List.of(), users.toString(), null, null, false),
                clock,
                PageAccessTest.this::routes);
        List<Route> routes = new ArrayList<>(access.pages());
        Gate gate = new Gate("secret", "a file", access.hosts());
        routes.add(new Route("/sql", "POST", access.programs(gate), 100, request -> said("rows")));
        server = new WebServer(routes, HttpLimits.USUAL);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private List<Route> routes(PageAccess access) {
        List<Route> routes = new ArrayList<>(pages.routes(access));
        routes.add(new Route("/page", "GET", access.looking(), 0, request -> said("csrf=" + csrf(access, request))));
        routes.add(new Route("/do", "POST", access.looking(), 1000, request -> {
            boolean own = access.isOwnForm(request, access.session(request).orElseThrow());
            return said(own ? "done" : "foreign");
        }));
        routes.add(new Route("/ask", "POST", access.asking(), 1000, request -> said("answered")));
        return routes;
    }

    private static String csrf(PageAccess access, Request request) {
        return access.session(request).orElseThrow().csrf();
    }

    private static CompletionStage<Answer> said(String text) {
        return CompletableFuture.completedStage(Answer.text(200, text));
    }

    private String add(String name, Scope scope) throws IOException {
        String token = UserTokens.make(name);
        UsersFile.add(users, new User(name, scope, UserTokens.hash(token)));
        return token;
    }

    @AfterEach
    void stop() {
        server.close();
        queue.close();
        warehouse.close();
    }

    @Test
    void aBrowserSignsInAndComesToWhereItWanted() throws Exception {
        String sent = get("/page?x=1", "Accept: text/html");
        assertThat(sent).startsWith("HTTP/1.1 303").contains("\r\nLocation: /login?to=%2Fpage%3Fx%3D1\r\n");
        assertThat(get("/login?to=%2Fpage%3Fx%3D1"))
                .startsWith("HTTP/1.1 200")
                .contains("name=\"to\" value=\"/page?x=1\"", "Content-Security-Policy: default-src 'none'");

        String signedIn = signIn(anna, "/page?x=1");

        assertThat(signedIn).startsWith("HTTP/1.1 303").contains("\r\nLocation: /page?x=1\r\n");
        assertThat(setCookie(signedIn)).matches("risefall=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax");
        assertThat(get("/page", "Cookie: " + cookie(signedIn)))
                .startsWith("HTTP/1.1 200")
                .contains("csrf=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//elsewhere.example/", "http://elsewhere.example/", "/\\elsewhere.example", "", "/login", "/a b"
            })
    void nobodyIsLedElsewhere(String to) throws Exception {
        assertThat(signIn(anna, to)).startsWith("HTTP/1.1 303").contains("\r\nLocation: /\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "anna:",
        "anna",
        "''",
        "nobody:1234",
        "otto:0000000000000000000000000000000000000000000000000000000000000000"
    })
    void aWrongTokenIsNobodys(String token) throws Exception {
        assertThat(signIn(token, "/"))
                .startsWith("HTTP/1.1 401")
                .contains("That token is nobody&#39;s.")
                .doesNotContain("Set-Cookie");
    }

    @Test
    void whoGuessesWaitsLongerAndLonger() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("anna:wrong", "/")).startsWith("HTTP/1.1 401");
        }
        assertThat(signIn(anna, "/")).startsWith("HTTP/1.1 429").contains("Retry-After: ");
        clock.advance(Duration.ofSeconds(3));
        assertThat(signIn("anna:wrong", "/")).startsWith("HTTP/1.1 401");
        clock.advance(Duration.ofSeconds(3));
        assertThat(signIn(anna, "/")).startsWith("HTTP/1.1 429");
        clock.advance(Duration.ofSeconds(3));
        assertThat(signIn(anna, "/")).startsWith("HTTP/1.1 303");
    }

    @Test
    void whoGuessesLocksNobodyElseOut() throws Exception {
        for (int i = 0; i < 30; i++) {
            signIn("anna:wrong", "/");
            signIn("nobody:wrong", "/");
            sql("wrong");
        }
        assertThat(signIn(anna, "/")).startsWith("HTTP/1.1 429");
        assertThat(sql(anna)).startsWith("HTTP/1.1 429").contains("Retry-After: ");
        assertThat(sql("secret")).endsWith("rows");
        assertThat(signIn(otto, "/")).as("from the same address").startsWith("HTTP/1.1 303");
        assertThat(from("127.0.0.2", form("/login", signInForm(anna, "/"))))
                .as("from another address")
                .startsWith("HTTP/1.1 303");
        clock.advance(Duration.ofSeconds(60));
        assertThat(signIn(anna, "/")).as("a minute later").startsWith("HTTP/1.1 303");
    }

    @Test
    void programsThatGuessWait() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(sql("anna:wrong")).startsWith("HTTP/1.1 401");
        }
        assertThat(sql("anna:wrong")).startsWith("HTTP/1.1 429");
    }

    @Test
    void aSessionThatIsUsedEndsAfterAWeek() throws Exception {
        String session = cookie(signIn(anna, "/"));
        for (int i = 0; i < 28; i++) {
            clock.advance(Duration.ofHours(6));
            assertThat(get("/page", "Cookie: " + session)).startsWith("HTTP/1.1 200");
        }
        clock.advance(Duration.ofHours(6));
        assertThat(get("/page", "Cookie: " + session)).startsWith("HTTP/1.1 401");
    }

    @Test
    void aFormOfAnotherSessionDoesNothing() throws Exception {
        String one = cookie(signIn(anna, "/"));
        String other = cookie(signIn(anna, "/"));
        assertThat(one).isNotEqualTo(other);
        String page = get("/page", "Cookie: " + one);
        String csrf = page.substring(page.indexOf("csrf=") + 5);
        assertThat(post("/do", "csrf=" + csrf, "Cookie: " + one)).endsWith("done");
        assertThat(post("/do", "", "Cookie: " + one, "X-Csrf-Token: " + csrf)).endsWith("done");
        assertThat(post("/do", "csrf=" + csrf, "Cookie: " + other)).endsWith("foreign");
        assertThat(post("/do", "", "Cookie: " + one)).endsWith("foreign");
    }

    @Test
    void whoMayOnlyLookDoesNothing() throws Exception {
        String session = cookie(signIn(otto, "/"));
        assertThat(get("/page", "Cookie: " + session)).startsWith("HTTP/1.1 200");
        assertThat(post("/do", "", "Cookie: " + session))
                .startsWith("HTTP/1.1 403")
                .endsWith("the token of otto has the scope read, which may only look");
    }

    @Test
    void whoMayOnlyLookAlsoAsksWhatIsTooLongForALink() throws Exception {
        assertThat(post("/ask", "", "Cookie: " + cookie(signIn(otto, "/")))).endsWith("answered");
        assertThat(post("/ask", "")).startsWith("HTTP/1.1 401");
    }

    @Test
    void aSessionIsTheServersOwn() throws Exception {
        String fixed = "risefall=" + "a".repeat(64);
        assertThat(get("/page", "Cookie: " + fixed)).startsWith("HTTP/1.1 401");
        String given = cookie(post("/login", "token=" + anna + "&to=/", "Cookie: " + fixed));
        assertThat(given).isNotEqualTo(fixed);
        assertThat(get("/page", "Cookie: " + fixed)).startsWith("HTTP/1.1 401");
    }

    @Test
    void aSessionEndsBySigningOutByTimeAndWithItsUser() throws Exception {
        String session = cookie(signIn(anna, "/"));
        String page = get("/page", "Cookie: " + session);
        String csrf = page.substring(page.indexOf("csrf=") + 5);
        assertThat(post("/logout", "csrf=wrong", "Cookie: " + session)).startsWith("HTTP/1.1 403");
        assertThat(post("/logout", "csrf=" + csrf, "Cookie: " + session)).startsWith("HTTP/1.1 303");
        assertThat(get("/page", "Cookie: " + session)).startsWith("HTTP/1.1 401");

        String idle = cookie(signIn(anna, "/"));
        clock.advance(Duration.ofHours(13));
        assertThat(get("/page", "Cookie: " + idle)).startsWith("HTTP/1.1 401");

        String removed = cookie(signIn(anna, "/"));
        Files.writeString(users, "otto read " + UserTokens.hash(otto) + "\n");
        assertThat(get("/page", "Cookie: " + removed)).startsWith("HTTP/1.1 401");
        assertThat(signIn(anna, "/")).startsWith("HTTP/1.1 401");
    }

    @Test
    void programsShowATokenOfTheServiceOrOfAUserWhoMayDoAll() throws Exception {
        assertThat(sql("secret")).endsWith("rows");
        assertThat(sql(anna)).endsWith("rows");
        assertThat(sql(otto)).startsWith("HTTP/1.1 403");
        assertThat(sql("anna:wrong")).startsWith("HTTP/1.1 401");
        assertThat(ask("POST /sql HTTP/1.1\r\nHost: elsewhere.example\r\nAuthorization: Bearer " + anna
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(ask("POST /sql?token=" + anna + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    private String sql(String token) throws IOException {
        return ask("POST /sql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0  | false | false | false | everybody in the network could look: make a user
            0.0.0.0  | true  | false | false | would go through the network unencrypted: add --http-tls-cert
            '::'     | true  | false | false | would go through the network unencrypted: add --http-tls-cert
            0.0.0.0  | false | false | true  | everybody in the network could look: make a user
            127.0.0.1| false | true  | false | --http-tls-cert and --http-tls-key go together
            """)
    void beyondThisHostItNeedsUsersAndEncryption(
            String host, boolean withUsers, boolean withCertificate, boolean insecure, String why) {
        AccessSettings settings = new AccessSettings(
                List.of(), withUsers ? users.toString() : null, withCertificate ? "cert.pem" : null, null, insecure);
        assertThatThrownBy(() -> settings.check(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatIsAllowedIsAllowed() {
        AccessSettings.OPEN.check("127.0.0.1");
        AccessSettings.OPEN.check("localhost");
        new AccessSettings(List.of(), users.toString(), null, null, true).check("0.0.0.0");
    }

    @Test
    void aUsersFileOfOthersIsRefused() throws Exception {
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new UsersFile(users)).hasMessageContaining("chmod 600 " + users);
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(users, "anna admin 12\n");
        assertThatThrownBy(() -> new UsersFile(users)).hasMessage(users + ":1: the scope must be read or full");
        Files.writeString(users, "# who\nanna full\n");
        assertThatThrownBy(() -> new UsersFile(users))
                .hasMessageStartingWith(users + ":2: must be NAME read|full HASH");
    }

    private String signIn(String token, String to) throws IOException {
        return post("/login", signInForm(token, to));
    }

    private static String signInForm(String token, String to) {
        return "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&to="
                + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }

    private static String setCookie(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("Set-Cookie: "))
                .map(line -> line.substring("Set-Cookie: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static String cookie(String answer) {
        String set = setCookie(answer);
        return set.substring(0, set.indexOf(';'));
    }

    private String get(String path, String... headers) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines(headers) + "\r\n");
    }

    private String post(String path, String form, String... headers) throws IOException {
        return ask(form(path, form, headers));
    }

    private static String form(String path, String form, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Length: "
                + form.length() + "\r\nConnection: close\r\n" + lines(headers) + "\r\n" + form;
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    private String ask(String request) throws IOException {
        return from("127.0.0.1", request);
    }

    private String from(String address, String request) throws IOException {
        try (RawClient client = new RawClient(server.address(), address)) {
            return client.say(request).rest();
        }
    }
}
