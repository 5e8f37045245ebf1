package io.risefall.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import io.risefall.schemas.suite.Slow;
import java.io.StringReader;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What a server, a client or an attacker writes into the log stays text in every format. */
@Slow
class ReportSafetyTest {
    /** The hard day, printed once in each format. */
    private static final Map<ReportFormat, String> PRINTED = new EnumMap<>(ReportFormat.class);

    @Test
    void thePageIsWellFormedAndHasNoElementThatTheTemplateDidNotWrite() throws Exception {
        Document page = parse(print(ReportFormat.HTML));

        for (String name : new String[] {"script", "img", "iframe", "link", "object", "foreignObject", "form"}) {
            assertThat(page.getElementsByTagName(name).getLength()).as(name).isZero();
        }
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            for (int k = 0; k < all.item(i).getAttributes().getLength(); k++) {
                Node attribute = all.item(i).getAttributes().item(k);
                assertThat(attribute.getNodeName()).doesNotStartWith("on").isNotEqualTo("src");
                if (attribute.getNodeName().equals("href")) {
                    assertThat(attribute.getNodeValue()).startsWith("#");
                }
            }
        }
        assertThat(page.getDocumentElement().getTextContent())
                .contains(ExampleDays.SCRIPT, "onerror=alert(1)", "${7*7}");
    }

    @Test
    void everyLinkLeadsToSomethingInThePage() throws Exception {
        Document page = parse(print(ReportFormat.HTML));
        Set<String> ids = new HashSet<>();
        Set<String> wanted = new TreeSet<>();
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as(element.getAttribute("id"))
                        .isTrue();
            }
            if (element.hasAttribute("href")) {
                wanted.add(element.getAttribute("href").substring(1));
            }
        }
        assertThat(ids).containsAll(wanted);
        assertThat(wanted).contains("lines-fleet", "lines-reason-L6RSP").hasSizeGreaterThan(20);
    }

    @Test
    void everyOutageOfAPageLeadsToItsLinesAndThereIsAnEndOfThem() throws Exception {
        String page = ReportGoldenTest.print(ReportFormat.HTML, ExampleDays.DAY, ExampleDays.manyLines());
        assertThat(page.split("<ol class=\"log\">", -1)).hasSizeGreaterThan(20);
        assertThat(page.split("<pre><code>Server ", -1)).hasSizeBetween(201, 301);
        assertThat(page).contains("risefall explain &quot;2025-11-12 lb1 be_api/api2&quot; --zone Europe/Berlin");
        assertThat(page.length()).isLessThan(1_000_000);
    }

    @Test
    void thePageAsksNobodyForAnything() throws Exception {
        assertThat(print(ReportFormat.HTML))
                .doesNotContain("<script", "url(http", "@import", "src=\"")
                .contains("default-src 'none'");
    }

    @Test
    void noFormatForPeopleCarriesTerminalEscapesOrWritingTricks() throws Exception {
        for (ReportFormat format : new ReportFormat[] {ReportFormat.TEXT, ReportFormat.MARKDOWN, ReportFormat.HTML}) {
            assertThat(print(format).codePoints().filter(c -> c != '\n').mapToObj(Printable::isVisible))
                    .as(format.name())
                    .doesNotContain(false);
        }
    }

    @Test
    void textFitsATerminalOfAHundredColumns() throws Exception {
        assertThat(print(ReportFormat.TEXT).lines().filter(line -> !line.startsWith("      ")))
                .allMatch(line -> line.length() <= 100);
    }

    @Test
    void markdownKeepsMarkupOfTheLogAsText() throws Exception {
        String markdown = print(ReportFormat.MARKDOWN);

        assertThat(markdown)
                .doesNotContain("<script", "<img", "**b**", "[l](", "http://evil")
                .contains("\\| \\`x\\`");
        assertThat(markdown.lines().filter(line -> line.startsWith("| "))).allMatch(line -> line.endsWith(" |"));
    }

    @Test
    void jsonKeepsTheLogsWordsAsTheyAre() throws Exception {
        JsonNode json = new ObjectMapper().readTree(print(ReportFormat.JSON));

        assertThat(json.get("outages").findValuesAsText("info"))
                .contains(ExampleDays.MARKUP, ExampleDays.TERMINAL + ExampleDays.BACKWARDS);
    }

    @Test
    void pageTextAndJsonTellTheSameNumbers() throws Exception {
        JsonNode json = new ObjectMapper().readTree(print(ReportFormat.JSON));
        String page = parse(print(ReportFormat.HTML)).getDocumentElement().getTextContent();
        String text = print(ReportFormat.TEXT);

        assertThat(json.get("format").asText()).isEqualTo("risefall-day-report/2");
        for (String in : new String[] {page, text}) {
            assertThat(in.replaceAll("\\s+", " "))
                    .contains(json.get("verdict").get("sentence").asText());
            assertThat(in)
                    .contains(Durations.text(json.get("fleet").get("longest_ms").asLong()));
            assertThat(in)
                    .contains(Durations.text(json.get("fleet").get("mttr_ms").asLong()));
            for (JsonNode outage : json.get("outages")) {
                assertThat(in).contains(Durations.text(outage.get("duration_ms").asLong()));
            }
            for (JsonNode server : json.get("servers")) {
                if (server.get("time").get("down_ms").asLong() > 0) {
                    assertThat(in)
                            .contains(Durations.text(
                                    server.get("time").get("down_ms").asLong()));
                }
            }
        }
        for (JsonNode server : json.get("servers")) {
            JsonNode time = server.get("time");
            long sum = 0;
            for (String state : new String[] {"up_ms", "down_ms", "maint_ms", "drain_ms", "unknown_ms"}) {
                sum += time.get(state).asLong();
            }
            assertThat(sum).isEqualTo(json.get("period_ms").asLong());
        }
    }

    private static String print(ReportFormat format) throws Exception {
        String printed = PRINTED.get(format);
        if (printed == null) {
            printed = ReportGoldenTest.print(format, ExampleDays.DAY, ExampleDays.hardDay());
            PRINTED.put(format, printed);
        }
        return printed;
    }

    private static Document parse(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
