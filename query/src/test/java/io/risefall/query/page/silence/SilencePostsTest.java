package io.risefall.query.page.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.Route;
import io.risefall.query.http.WebServer;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.access.Scope;
import io.risefall.query.http.access.User;
import io.risefall.query.http.access.UserTokens;
import io.risefall.query.http.access.UsersFile;
import io.risefall.query.page.Links;
import io.risefall.query.page.PageFrame;
import io.risefall.query.page.Pages;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may silence servers at the page, what comes of it, and what is said where it does not work. */
@Slow
class SilencePostsTest {
    private static final String ROWS =
            "select proxy || coalesce('/' || server, '') || coalesce(' on ' || node, ''), why, author from alert_silences"
                    + " where until_at > now() order by all";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final WorkQueue queue = new WorkQueue("pages", 2, 8, Duration.ofSeconds(20));
    private Warehouse warehouse;
    private SilencePosts posts;
    private WebServer server;
    private String anna;
    private String otto;
    private boolean away;

    @BeforeEach
    void start() throws Exception {
        Path users = folder.resolve("users");
        String annas = add(users, "anna", Scope.FULL);
        String ottos = add(users, "otto", Scope.READ);
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        PageFrame frame = new PageFrame();
        Pages pages = new Pages(
                warehouse,
                ZoneOffset.UTC,
                () -> new ReadingState(null, Map.of(), Map.of()),
                List.of(new SilencesPage()),
                queue,
                client -> () -> {},
                frame);
        posts = new SilencePosts(this::write, warehouse::read, frame, ZoneOffset.UTC);
        PageAccess access = new PageAccess(
                "127.0.0.1",
                new AccessSettings(List.of(), users.toString(), null, null, false),
                Clock.systemUTC(),
                own -> Stream.of(pages.routes(own), posts.routes(own))
                        .flatMap(List<Route>::stream)
                        .toList());
        server = new WebServer(access.pages(), HttpLimits.USUAL);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        anna = signIn(annas);
        otto = signIn(ottos);
    }

    private static String add(Path users, String name, Scope scope) throws IOException {
        String token = UserTokens.make(name);
        UsersFile.add(users, new User(name, scope, UserTokens.hash(token)));
        return token;
    }

    private void write(List<AlertSilence> silences) throws IOException {
        if (away) {
            throw new IOException("Kafka is away");
        }
        Records records = new Records("2026-03-02", 0);
        silences.forEach(records::silence);
        warehouse.write(records.batch());
    }

    @AfterEach
    void stop() {
        server.close();
        posts.close();
        queue.close();
        warehouse.close();
    }

    @Test
    void whoMaySilencesAndTheAuthorIsKept() throws Exception {
        HttpResponse<String> done = post(anna, "servers=web/srv1,+api++x%2A&for=2h&why=new+disks&node=lb1");
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).hasValue("/silences");
        assertThat(Warehouses.table(warehouse, ROWS))
                .containsExactly(
                        "api on lb1, new disks, anna",
                        "web/srv1 on lb1, new disks, anna",
                        "x* on lb1, new disks, anna");

        String id = Warehouses.table(warehouse, "select silence_id from alert_silences where proxy = 'api'")
                .get(0);
        assertThat(post(anna, "end=" + id).statusCode()).isEqualTo(303);
        assertThat(Warehouses.table(warehouse, ROWS)).hasSize(2);
        HttpResponse<String> again = post(anna, "end=" + id);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("No silence " + id + " holds: it has ended already.");
    }

    @Test
    void whoMayOnlyLookSeesThemAndHasNoForm() throws Exception {
        post(anna, "servers=web&for=2h&why=disks");
        assertThat(get(otto).body())
                .contains("1 silence holds now", "disks", "anna")
                .doesNotContain("action=\"/silences\"");
        assertThat(post(otto, "servers=api&for=2h&why=disks").statusCode()).isEqualTo(403);
        assertThat(Warehouses.table(warehouse, ROWS)).containsExactly("web, disks, anna");
    }

    @Test
    void aFormOfAnotherPageDoesNothing() throws Exception {
        assertThat(send(anna, "csrf=" + "0".repeat(64) + "&servers=web&for=2h&why=disks")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Warehouses.table(warehouse, ROWS)).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAboveWhatWasTyped() throws Exception {
        assertWrong("servers=+&for=2h&why=x", 400, "Which servers?");
        assertWrong("servers=web/srv1/x&for=2h&why=x", 400, "is not PROXY or PROXY/SERVER");
        assertWrong("servers=web&for=400d&why=kept+words", 400, "a silence lasts at most 366d", "value=\"kept words\"");
        assertWrong("servers=web&for=2h&why=+", 400, "a silence needs a reason");
        assertWrong("servers=" + numbered() + "&for=2h&why=x", 400, "At most 200 names");
        String name = "x".repeat(AlertSilence.LONGEST_NAME + 1);
        assertWrong("servers=" + name + "&for=2h&why=x", 400, "the backend of a silence has at most 255 characters");
        assertWrong("servers=web/" + name + "&for=2h&why=x", 400, "the server of a silence has at most 255 characters");
        assertWrong("servers=web&node=" + name + "&for=2h&why=x", 400, "the node of a silence has at most 255");
        away = true;
        assertWrong("servers=web&for=2h&why=x", 503, "That was not stored: Kafka is away");
        assertThat(Warehouses.table(warehouse, ROWS)).isEmpty();
    }

    @Test
    void whatIsNoFormIsNotSentBack() throws Exception {
        HttpResponse<String> answer = post(anna, "servers=web&for=2h&why=100%+kept");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("a % stands before something else than two hexadecimal digits; write it as %25");
    }

    private static String numbered() {
        return String.join(
                "+",
                Stream.iterate(0, one -> one + 1)
                        .limit(201)
                        .map(one -> "b" + one)
                        .toList());
    }

    private void assertWrong(String form, int status, String... words) throws Exception {
        HttpResponse<String> answer = post(anna, form);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("role=\"alert\"").contains(words);
    }

    private HttpResponse<String> post(String cookie, String form) throws Exception {
        Matcher csrf = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"")
                .matcher(get(cookie).body());
        assertThat(csrf.find()).isTrue();
        return send(cookie, "csrf=" + csrf.group(1) + "&" + form);
    }

    private HttpResponse<String> get(String cookie) throws Exception {
        return http.send(request("/silences", cookie).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String cookie, String form) throws Exception {
        return http.send(
                request("/silences", cookie).POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
    }

    private String signIn(String token) throws Exception {
        HttpResponse<String> answer = http.send(
                request("/login", "")
                        .POST(BodyPublishers.ofString("token=" + Links.ALL.part(token)))
                        .build(),
                BodyHandlers.ofString());
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private HttpRequest.Builder request(String path, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .header("Origin", "http://127.0.0.1:" + server.address().getPort())
                .header("Content-Type", "application/x-www-form-urlencoded");
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }
}
