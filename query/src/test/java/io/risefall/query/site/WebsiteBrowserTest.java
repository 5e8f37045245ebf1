package io.risefall.query.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.page.Links;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.TestWarehouse;
import io.risefall.schemas.suite.RealParts;
import io.risefall.schemas.suite.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page in a real browser: skipped where there is none. */
@RealParts
class WebsiteBrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String MAIN_TEXT = "document.querySelector('main').innerText";

    /** As above, without what only a script can do and therefore shows. */
    private static final String PLAIN_TEXT =
            "(() => { document.querySelectorAll('.scripted').forEach(one => { one.hidden = true; }); return "
                    + MAIN_TEXT + "; })()";

    @TempDir
    static Path dir;

    private static TestWarehouse warehouse;
    private static TestSite site;
    private static DevTools tab;
    private static String outage;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> browser = DevTools.browser();
        assumeTrue(browser.isPresent(), "skipped: no chromium is on the PATH");
        warehouse = TestWarehouse.of(ExampleDays.hardDay());
        outage = first("select outage_id from outages where server = 'web1' order by started_at limit 1");
        site = new TestSite(warehouse, ExampleDays.BERLIN, dir);
        tab = DevTools.start(browser.orElseThrow(), Files.createDirectory(dir.resolve("profile")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (tab != null) {
            tab.close();
        }
        if (site != null) {
            site.close();
        }
        if (warehouse != null) {
            warehouse.close();
        }
    }

    private static List<String> pages() {
        return List.of(
                "/",
                "/incidents?from=2025-11-01&to=2025-11-30",
                "/incidents/" + outage,
                "/lines/" + outage,
                "/lines/2025-11-12%20lb1%20be_web%2Fweb1%20down_ms",
                "/servers/be_web/web1?from=2025-11-10&to=2025-11-13",
                "/backends/be_web?from=2025-11-10&to=2025-11-13",
                "/timeline?from=2025-11-12&to=2025-11-12",
                "/timeline?from=2025-01-01&to=2025-12-31&match=be_*&node=lb1",
                "/timeline?from=2025-11-12&to=2025-11-12&backend=be_web",
                "/silences?servers=be_web%2Fweb1",
                "/silences?incident=" + outage,
                "/ingest",
                "/reports",
                "/reports/day/2025-11-12",
                "/reports/month/2025-11",
                "/query",
                "/query?name=Servers&sql=" + Links.ALL.part("from servers"),
                "/query?sql=" + Links.ALL.part("select proxy,\n  servr from servers"),
                "/incidents/zz");
    }

    private record Screen(int width, boolean dark) {
        /** Neighbours have another width or another colour, and those next to them both. */
        private static final List<Screen> ALL =
                List.of(new Screen(360, false), new Screen(1280, false), new Screen(1280, true), new Screen(360, true));
    }

    /** On which accessibility is tested: both widths and both colours, not each with each. */
    private static final List<Screen> SCREENS = Turn.oneIn(2, Screen.ALL, "screens");

    /** It is loaded once with scripts: colours, widths and paper are of the style alone. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsAccessibleFitsIsPrintedAndSaysTheSameWithoutScript(String page) throws Exception {
        List<String> wrong = new ArrayList<>();
        tab.window(1280, false, true);
        tab.complaints();
        tab.open(url(page));
        for (Screen screen : Screen.ALL) {
            tab.window(screen.width(), screen.dark(), true);
            int wide = tab.value("document.documentElement.scrollWidth").asInt();
            if (wide > screen.width()) {
                wrong.add(screen + ": scrolls sideways, " + wide + " px: " + widest());
            }
            if (SCREENS.contains(screen)) {
                violations().forEach(violation -> wrong.add(screen + ": " + violation));
            }
        }
        tab.window(A4, true, true);
        tab.print(true);
        tab.value(PRINTED).forEach(one -> wrong.add("on paper: " + one.asText()));
        tab.print(false);
        tab.window(1280, false, true);
        String with = tab.value(PLAIN_TEXT).asText();
        tab.complaints().stream()
                .filter(complaint -> !complaint.contains("status of 40"))
                .forEach(wrong::add);
        assertThat(wrong).isEmpty();

        tab.window(1280, false, false);
        tab.open(url(page));
        assertThat(without(tab.value(MAIN_TEXT).asText())).isEqualTo(without(with));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsWalkedByTheKeyboardAlone(String page) throws Exception {
        tab.window(1280, false, true);
        tab.open(url(page));
        assertThat(new KeyboardWalk(tab).problems()).isEmpty();
    }

    @Test
    void navigationIsSkippedDetailsAreOpenedAndFormsAreSentByKeys() throws Exception {
        KeyboardWalk walk = new KeyboardWalk(tab);
        tab.window(1280, false, true);
        tab.complaints();
        tab.open(url("/timeline?from=2025-11-12&to=2025-11-12"));
        tab.press("Tab", 9, "");
        tab.press("Enter", 13, "\r");
        tab.press("Tab", 9, "");
        assertThat(walk.focused("one.closest('main') !== null")).isEqualTo("true");

        tab.value("document.querySelector('details').open = false");
        walk.until("Tab", 9, "summary");
        tab.press("Enter", 13, "\r");
        assertThat(tab.value("document.querySelector('details').open").asBoolean())
                .isTrue();
        walk.until("Tab", 9, "li .strip a");
        tab.loads(() -> tab.press("Enter", 13, "\r"));
        assertThat(tab.value("location.pathname").asText()).startsWith("/incidents/");

        tab.open(url("/timeline?from=2025-11-12&to=2025-11-12"));
        walk.until("Tab", 9, "input[name=match]");
        type("web1");
        tab.loads(() -> tab.press("Enter", 13, "\r"));
        assertThat(tab.value("location.search").asText()).contains("match=web1");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void anOutageLeadsToItsServerAndLines() throws Exception {
        tab.window(1280, false, true);
        tab.open(url("/incidents/" + outage));
        assertThat(tab.value(MAIN_TEXT).asText()).contains("be_web/web", "L4CON", outage);

        tab.loads(() ->
                tab.value("document.querySelector('#outages').closest('section').querySelector('tbody th a').click()"));

        assertThat(tab.value("location.pathname").asText()).startsWith("/servers/be_web/");
        tab.open(url("/incidents/" + outage));
        tab.loads(() -> tab.value("document.querySelector('a[href=\"/lines/" + outage + "\"]').click()"));
        assertThat(tab.value(MAIN_TEXT).asText()).contains("Server be_web/");
    }

    @Test
    void theTimelineLeadsToAPieceOfItToAnIncidentAndToAServer() throws Exception {
        String day = url("/timeline?from=2025-11-12&to=2025-11-12");
        tab.window(1280, false, true);
        tab.open(day);
        String mark = "document.querySelector('.row svg a[aria-label*=\"23:50\"]')";
        assertThat(tab.value(mark + ".getAttribute('href')").asText()).startsWith("/incidents/");
        tab.loads(() -> tab.value(mark + ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"));
        assertThat(tab.value("location.pathname").asText()).startsWith("/incidents/");

        tab.open(day);
        tab.loads(
                () -> tab.value(
                        "document.querySelector('.axis a').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"));
        assertThat(tab.value("location.search").asText())
                .isEqualTo("?from=2025-11-11T23:00:00Z&to=2025-11-12T01:00:00Z");

        tab.loads(() -> tab.value("document.querySelector('.timeline li .who a').click()"));
        assertThat(tab.value("location.pathname + location.search").asText())
                .startsWith("/servers/")
                .endsWith("?from=2025-11-11T23:00:00Z&to=2025-11-12T01:00:00Z");
    }

    @Test
    void serversAreSilencedAndToldOfAgainWithoutScript() throws Exception {
        tab.window(1280, false, false);
        tab.open(url("/servers/be_web/web1"));
        tab.loads(() -> tab.value("document.querySelector('main a[href*=silences]').click()"));
        assertThat(tab.value("document.querySelector('#servers').value").asText())
                .isEqualTo("be_web/web1");
        tab.value("document.querySelector('#for').value = '90'");
        tab.value("document.querySelector('#why').value = 'new <b>disks</b>'");
        tab.loads(() -> tab.value("document.querySelector('.silence button').click()"));
        assertThat(tab.value("document.querySelector('.problem').innerText").asText())
                .startsWith("invalid duration '90': use 45s");
        assertThat(tab.value("document.querySelector('#why').value").asText()).isEqualTo("new <b>disks</b>");
        tab.value("document.querySelector('#for').value = '90m'");
        tab.loads(() -> tab.value("document.querySelector('.silence button').click()"));
        assertThat(tab.value("location.pathname").asText()).isEqualTo("/silences");
        assertThat(tab.value("document.querySelector('#now').closest('section').innerText")
                        .asText())
                .contains("be_web/web1", "new <b>disks</b>", "somebody at the page");
        tab.open(url("/servers/be_web/web1"));
        assertThat(tab.value(MAIN_TEXT).asText()).contains("No alerts of be_web/web1 until", "new <b>disks</b>");
        tab.window(360, true, true);
        tab.open(url("/silences"));
        assertThat(violations()).isEmpty();
        tab.window(1280, false, false);
        tab.open(url("/silences"));
        tab.loads(() -> tab.value("document.querySelector('.end button').click()"));
        assertThat(tab.value(MAIN_TEXT).asText()).contains("No silence holds", "Ended in the last 30 days");
        tab.window(1280, false, true);
    }

    @Test
    void namesFromTheLogStayNames() throws Exception {
        tab.window(1280, false, true);
        tab.complaints();
        tab.open(url("/incidents?from=2025-11-01&to=2025-11-30"));
        assertThat(tab.value("document.querySelectorAll('main script, main img').length")
                        .asInt())
                .isZero();
        String strange = first("select proxy from servers where contains(proxy, '<') limit 1");
        tab.open(url("/backends/" + Links.ALL.part(strange) + "?from=2025-11-10&to=2025-11-13"));
        assertThat(tab.value("document.querySelector('h1').innerText").asText()).isEqualTo(strange);
        tab.loads(() ->
                tab.value("document.querySelector('#servers').closest('section').querySelector('tbody a').click()"));
        assertThat(tab.value("document.querySelector('h1').innerText").asText()).startsWith(strange + "/");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void sqlIsCompletedAndRunByKeysAlone() throws Exception {
        tab.window(1280, false, true);
        tab.complaints();
        tab.open(url("/query"));
        tab.value("document.querySelector('#sql').focus()");
        type("select pro");
        await().atMost(PATIENCE).until(() -> tab.value(OPTIONS).asText().contains("proxy"));
        assertThat(violations()).isEmpty();
        key("Escape", 27, 0);
        assertThat(tab.value(OPTIONS).asText()).isEmpty();
        type("xy, cou");
        await().atMost(PATIENCE).until(() -> tab.value(OPTIONS).asText().contains("count("));
        key("Tab", 9, 0);
        type("*) as n from serv");
        await().atMost(PATIENCE).until(() -> tab.value(OPTIONS).asText().startsWith("server"));
        key("ArrowDown", 40, 0);
        key("ArrowUp", 38, 0);
        key("Enter", 13, 0);
        assertThat(tab.value(SQL).asText()).matches("select proxy, count[a-z_]*\\(\\*\\) as n from server[a-z_]*");
        tab.value("document.querySelector('#sql').value = ''");
        key(" ", 32, CTRL);
        await().atMost(PATIENCE).until(() -> !tab.value(OPTIONS).asText().isEmpty());
        key("Escape", 27, 0);
        type("from servers order by all -- 'ser");
        assertThat(tab.value(OPTIONS).asText()).isEmpty();

        tab.loads(() -> key("Enter", 13, CTRL));

        assertThat(tab.value("location.search").asText())
                .startsWith("?sql=from")
                .doesNotContain("name=", "csrf=");
        assertThat(tab.value(MAIN_TEXT).asText()).contains("be_web", "web1");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void aQueryWithANameIsKeptUntilItIsForgotten() throws Exception {
        tab.window(1280, false, true);
        tab.complaints();
        tab.open(url("/query?name=" + Links.ALL.part("<b>Mine</b>") + "&sql=" + Links.ALL.part("select 7 as seven")));
        tab.open(url("/query"));
        assertThat(tab.value("document.querySelector('.kept').innerText").asText())
                .contains("<b>Mine</b>");
        assertThat(violations()).isEmpty();
        tab.loads(() -> tab.value("document.querySelector('.kept a').click()"));
        assertThat(tab.value("document.querySelector('.rows td').innerText").asText())
                .isEqualTo("7");
        tab.value("document.querySelector('.kept button').click()");
        assertThat(tab.value("document.querySelector('.kept').innerText").asText())
                .doesNotContain("Mine");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void whatIsTooLongForALinkIsPosted() throws Exception {
        tab.window(1280, false, true);
        tab.complaints();
        tab.open(url("/query"));
        tab.value("document.querySelector('#sql').value = 'select 7 as seven -- ' + 'x'.repeat(20000)");
        tab.loads(() -> tab.value("document.querySelector('.sql').requestSubmit()"));
        assertThat(tab.value("location.search").asText()).isEmpty();
        assertThat(tab.value("document.querySelector('.rows td').innerText").asText())
                .isEqualTo("7");
        assertThat(tab.value("document.querySelectorAll('.files form').length").asInt())
                .isEqualTo(2);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void beyondTheLimitOfOpenPagesOneSaysThatItIsNotLive() throws Exception {
        HttpLimits usual = HttpLimits.USUAL;
        HttpLimits one = new HttpLimits(
                usual.connections(),
                1,
                usual.heldBytes(),
                usual.request(),
                usual.send(),
                usual.sendBytesPerSecond(),
                usual.linger());
        String hidden = "document.querySelector('.not-live').hidden";
        try (TestSite narrow = new TestSite(warehouse, ExampleDays.BERLIN, dir, one)) {
            tab.window(1280, false, true);
            HttpURLConnection other =
                    (HttpURLConnection) URI.create(narrow.url("/live")).toURL().openConnection();
            try (InputStream live = other.getInputStream()) {
                tab.open(narrow.url("/"));
                await().until(() -> !tab.value(hidden).asBoolean());
                assertThat(violations()).isEmpty();
                tab.value("document.querySelector('#now').textContent = 'old'; htmx.ajax('GET', '/?part', '#now')");
                await().until(() ->
                        tab.value("document.querySelector('#now h1') !== null").asBoolean());
            } finally {
                other.disconnect();
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> tab.value(hidden).asBoolean());
            tab.open("about:blank");
        }
        tab.complaints();
    }

    @Test
    void aReportLeadsToItsIncidentsAndIsPrintedAlone() throws Exception {
        tab.window(1280, false, true);
        tab.open(url("/reports/day/2025-11-12"));
        tab.ask("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(tab.value("[...document.querySelectorAll('.site')].map(one => getComputedStyle(one).display).join()")
                        .asText())
                .isEqualTo("none,none");
        tab.ask("Emulation.setEmulatedMedia", Map.of("media", ""));
        tab.loads(() -> tab.value(
                "document.querySelector('#incidents').closest('section').querySelector('td a[href^=\"/\"]').click()"));
        assertThat(tab.value("location.pathname").asText()).startsWith("/incidents/");
        tab.loads(() -> tab.value("document.querySelector('nav a[href=\"/reports\"]').click()"));
        tab.loads(() -> tab.value("document.querySelector('.choose').requestSubmit()"));
        assertThat(tab.value("location.pathname").asText()).startsWith("/reports/day/");
        tab.loads(() -> tab.value("document.querySelector('[rel=prev]').click()"));
        assertThat(tab.value(MAIN_TEXT).asText()).isNotEmpty();
    }

    /** The width between the margins of a page of A4, at 96 dots per inch. */
    private static final int A4 = 696;

    /** What of a page as it is printed does not belong on paper. */
    private static final String PRINTED = """
            (() => {
              const seen = selector => [...document.querySelectorAll(selector)].filter(one => one.getClientRects().length > 0);
              const light = colour => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number); return (r + g + b) / 765; };
              const style = one => getComputedStyle(one);
              const name = one => one.outerHTML.slice(0, 80);
              return [
                ...seen('nav, form, button, input, select, textarea, .skip').map(one => 'is for a screen: ' + name(one)),
                ...seen('html, body').filter(one => style(one).backgroundColor !== 'rgba(0, 0, 0, 0)'
                    && light(style(one).backgroundColor) < 0.99).map(one => 'dark paper: ' + style(one).backgroundColor),
                ...seen('h1, h2, p, td, th, a, code').filter(one => light(style(one).color) > 0.62).slice(0, 3)
                    .map(one => 'pale: ' + style(one).color + ' ' + name(one)),
                ...seen('.card, tr, .row').filter(one => style(one).breakInside !== 'avoid').slice(0, 3)
                    .map(one => 'breaks: ' + name(one)),
                ...seen('.scroll, pre').filter(one => one.scrollWidth > one.clientWidth + 1).slice(0, 3)
                    .map(one => 'is cut: ' + one.scrollWidth + ' ' + name(one)),
              ];
            })()""";

    private static final int CTRL = 2;
    private static final String SQL = "document.querySelector('#sql').value";
    private static final String OPTIONS =
            "[...document.querySelectorAll('[role=option] b')].map(one => one.textContent).join(' ')";

    /** As fingers do. */
    private static void type(String text) throws Exception {
        for (int i = 0; i < text.length(); i++) {
            tab.ask("Input.dispatchKeyEvent", Map.of("type", "char", "text", text.substring(i, i + 1)));
        }
    }

    private static void key(String name, int code, int modifiers) throws Exception {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            tab.ask(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", name, "windowsVirtualKeyCode", code, "modifiers", modifiers));
        }
    }

    private static String without(String text) {
        // How long ago something was goes on while the test looks.
        return text.replaceAll("\\d+ (d|h|min|s|ms)\\b", "some time")
                .replaceAll("\\d\\d:\\d\\d:\\d\\d", "at some time");
    }

    private static List<String> violations() throws Exception {
        if (tab.value("typeof axe").asText().equals("undefined")) {
            tab.value(axe());
        }
        JsonNode found = tab.value(
                "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
                        + "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | ')))");
        List<String> violations = new ArrayList<>();
        found.forEach(one -> violations.add(one.asText()));
        return violations;
    }

    private static String widest() throws Exception {
        return tab.value(
                        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth"
                                + " && !e.closest('.scroll')).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')")
                .asText();
    }

    private static String axe() throws IOException {
        try (InputStream script = WebsiteBrowserTest.class.getResourceAsStream(AXE)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; 0";
        }
    }

    private static String url(String path) {
        return site.url(path);
    }

    private static String first(String sql) throws Exception {
        try (Connection views = warehouse.views();
                Statement statement = views.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).as(sql).isTrue();
            return rows.getString(1);
        }
    }
}
