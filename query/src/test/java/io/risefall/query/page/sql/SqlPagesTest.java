package io.risefall.query.page.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.RawClient;
import io.risefall.query.http.WebServer;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.service.UserQueries;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.page.Links;
import io.risefall.query.page.PageFrame;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.suite.RealParts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL of people with a browser, over real HTTP on loopback and a real warehouse. */
@RealParts
class SqlPagesTest {
    private static final Path QUERIES = Path.of("../docs/queries.md");

    /** Ends only when it is cancelled. */
    private static final String ENDLESS =
            "select count(*) from range(1000000) a, range(1000000) b, range(1000000) c where a.range + b.range = c.range";

    private static final int QUERIES_AT_ONCE = 4;

    @TempDir
    static Path folder;

    private static Warehouse warehouse;
    private static UserQueries queries;
    private static WorkQueue pages;
    private static WebServer server;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        queries = new UserQueries(
                new SqlSandbox(warehouse::read, Duration.ofSeconds(30)),
                folder,
                new Metrics(warehouse::read, 0).times());
        pages = new WorkQueue("pages", 2, 8, Duration.ofSeconds(20));
        SqlPages sql = new SqlPages(queries, pages, warehouse::read, new PageFrame(), ZoneOffset.UTC);
        server = new WebServer(
                new PageAccess("127.0.0.1", AccessSettings.OPEN, Clock.systemUTC(), sql::routes).pages(),
                HttpLimits.USUAL);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    static void stop() {
        queries.close();
        server.close();
        pages.close();
        warehouse.close();
    }

    @Test
    void aLinkIsTheQuery() throws Exception {
        HttpResponse<String> page = get("/query?name=Numbers&sql=" + Links.ALL.part("select 7 as seven, null as none"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "<title>Numbers – Risefall</title>",
                        "\nselect 7 as seven, null as none</textarea>",
                        "<th scope=\"col\" class=\"number\">seven</th>",
                        "<td class=\"number\">7</td><td class=\"null\">null</td>",
                        "1 row.");
    }

    @ParameterizedTest
    @MethodSource("io.risefall.query.sql.ForbiddenSql#all")
    void whatProgramsMayNotDoPeopleMayNotDoEither(String sql) throws Exception {
        for (String path : List.of("/query?sql=", "/query/rows.csv?sql=", "/query/rows.json?sql=")) {
            HttpResponse<String> refused = get(path + Links.ALL.part(sql));
            assertThat(refused.statusCode()).as(path).isEqualTo(400);
            assertThat(refused.body()).containsPattern("Error|only a SELECT");
        }
        assertThat(get("/query/rows.csv?sql=" + Links.ALL.part("select count(*) as c from store.version"))
                        .body())
                .isEqualTo("c\n1\n");
    }

    @Test
    void anErrorSaysWhereItIs() throws Exception {
        HttpResponse<String> wrong = get("/query?sql=" + Links.ALL.part("select 1,\r\n  <b>nosuch"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("role=\"alert\"", "syntax error", "(line 2, column 3)", "data-offset=\"12\"")
                .contains("\nselect 1,\n  &lt;b&gt;nosuch</textarea>")
                .doesNotContain("<b>nosuch");
    }

    @Test
    void hostileTextStaysText() throws Exception {
        String hostile = "</textarea><script>alert(1)</script>";
        HttpResponse<String> page = get("/query?name=" + Links.ALL.part("\"><img src=x>" + hostile) + "&sql="
                + Links.ALL.part("select '" + hostile + "' as \"<i>\", chr(27) || chr(8238) as c -- " + hostile));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .doesNotContain("<script>alert", "<img src=x", "<i>", "\u001b", "\u202e")
                .contains("&lt;/textarea&gt;&lt;script&gt;", "\\u{1b}\\u{202e}");
    }

    @Test
    void whatIsLongIsCutAndSaysSo() throws Exception {
        assertThat(get("/query?sql=" + Links.ALL.part("from range(501)")).body())
                .contains("the first 500", "There are more");
        assertThat(get("/query?sql=" + Links.ALL.part("from range(500)")).body())
                .doesNotContain("There are more");
        HttpResponse<String> wide =
                get("/query?sql=" + Links.ALL.part("select repeat('x', 1000000) as x from range(600)"));
        assertThat(wide.body()).contains("There are more", "xxx…").hasSizeLessThan(2_000_000);
    }

    @Test
    void rowsAreFilesToKeep() throws Exception {
        HttpResponse<String> csv = get("/query/rows.csv?sql=" + Links.ALL.part("select '=1+1' as a, '<b>,\"' as b"));
        assertThat(csv.body()).isEqualTo("a,b\n=1+1,\"<b>,\"\"\"\n");
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"risefall-rows.csv\"");
        assertThat(csv.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(csv.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(get("/query/rows.json?sql=" + Links.ALL.part("select 1 as a"))
                        .body())
                .isEqualTo("[\n{\"a\":1}\n]\n");
        assertThat(get("/query/rows.html?sql=" + Links.ALL.part("select 1")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsTooLongForALinkIsAFormOfThisPage() throws Exception {
        String sql = "select 7 as seven -- " + "x".repeat(20_000);
        assertThat(get("/query?sql=" + Links.ALL.part(sql)).statusCode()).isEqualTo(414);
        assertThat(post("/query", "sql=" + Links.ALL.part(sql), "").statusCode())
                .isEqualTo(403);
        assertThat(post("/query", "sql=" + Links.ALL.part(sql), "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        Matcher csrf = Pattern.compile("data-csrf=\"([0-9a-f]+)\"")
                .matcher(get("/query").body());
        assertThat(csrf.find()).isTrue();
        String form = "csrf=" + csrf.group(1) + "&sql=" + Links.ALL.part(sql);
        assertThat(post("/query", form, "").body()).contains("<td class=\"number\">7</td>");
        assertThat(post("/query/rows.csv", form, "").body()).isEqualTo("seven\n7\n");
        assertThat(post("/query", form + "x".repeat(300_000), "").statusCode()).isEqualTo(413);
    }

    @Test
    void whoeverGoesAwayEndsTheirQuery() throws Exception {
        for (int i = 0; i < QUERIES_AT_ONCE; i++) {
            try (RawClient raw = new RawClient(server.address())) {
                raw.say("GET /query?sql=" + Links.ALL.part(ENDLESS) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
        }
        assertThat(get("/query?sql=" + Links.ALL.part("select 7 as seven")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void thePageIsThereWhileQueriesTakeAllSlots() throws Exception {
        RawClient[] endless = new RawClient[QUERIES_AT_ONCE];
        for (int i = 0; i < endless.length; i++) {
            endless[i] = new RawClient(server.address())
                    .say("GET /query?sql=" + Links.ALL.part(ENDLESS) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        assertThat(get("/query").statusCode()).isEqualTo(200);
        assertThat(get("/query/words.json").body()).contains("[\"outages\",\"views\",\"outages\",\"\",");
        for (RawClient one : endless) {
            one.close();
        }
    }

    /** Each stands in docs/queries.md, where a test asks it of a warehouse that has an answer. */
    @Test
    void examplesAreQuestionsOfTheDocs() throws Exception {
        String docs = Files.readString(QUERIES);
        assertThat(SqlExample.ALL).hasSizeGreaterThan(10).allSatisfy(example -> {
            assertThat(docs).contains(". " + example.question() + "\n\n```sql\n" + example.sql() + "\n```");
            assertThat(get(example.href()).statusCode()).isEqualTo(200);
        });
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String form, String origin) throws Exception {
        String own = "http://127.0.0.1:" + server.address().getPort();
        return HTTP.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Origin", origin.isEmpty() ? own : origin)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
