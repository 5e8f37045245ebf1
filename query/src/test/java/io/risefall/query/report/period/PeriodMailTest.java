package io.risefall.query.report.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.TestWarehouse;
import io.risefall.schemas.suite.Slow;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A report as a mail: any program for mail can read it, and it is never too long. */
@Slow
class PeriodMailTest {
    private static final Instant LATER = Instant.parse("2025-11-13T07:30:00Z");
    private static final CalendarPeriod OCTOBER = CalendarPeriod.of(CalendarUnit.MONTH, ExampleDays.DAY.minusMonths(1));

    /** Five hundred servers with two thousand outages; the same with names that fill a line, are no ASCII, and look like markup. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3_000})
    void isParsedAndShort(int longNames) throws Exception {
        String prefix = longNames == 0 ? "" : "ä<img>&".repeat(longNames / 7);
        int servers = longNames == 0 ? 500 : 60;
        try (TestWarehouse warehouse = TestWarehouse.of(PeriodExamples.many(servers, prefix));
                Connection views = warehouse.views()) {
            PeriodReport report =
                    PeriodReports.of(views, new PeriodRequest(OCTOBER, ExampleDays.BERLIN, null, null, null), LATER);
            assertThat(report.outages()).hasSize(4 * servers);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PeriodFormat.MAIL.write(report, out);
            byte[] mail = out.toByteArray();
            assertThat(mail).hasSizeLessThan(100_000);
            assertThat(new String(mail, StandardCharsets.ISO_8859_1).split("\r\n", -1))
                    .allMatch(line -> line.length() <= 998
                            && line.chars().allMatch(one -> one >= ' ' && one <= '~' || one == '\t'));

            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
            assertThat(message.getSubject())
                    .isEqualTo("HAProxy health in October 2025: "
                            + (servers == 500 ? "2 000 outages, 99.73 %" : "240 outages, 99.96 %"));
            assertThat(message.getSentDate()).isEqualTo(LATER);
            assertThat(message.getAllRecipients()).isNull();
            MimeMultipart parts = (MimeMultipart) message.getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative");
            assertThat(parts.getCount()).isEqualTo(2);
            String text = content(parts.getBodyPart(0), "text/plain");
            String html = content(parts.getBodyPart(1), "text/html");
            for (String one : List.of(text, html)) {
                assertThat(one.replaceAll("\\s+", " "))
                        .contains(
                                servers * 4L == 2000 ? "2\u00a0000 outages" : "240 outages",
                                " more: see --format json");
            }
            Document mailed = parse(html);
            for (String none : List.of("style", "script", "img", "link", "svg", "div")) {
                assertThat(mailed.getElementsByTagName(none).getLength())
                        .as(none)
                        .isZero();
            }
            assertThat(mailed.getElementsByTagName("table").getLength()).isGreaterThan(3);
            pageIsFolded(report);
        }
    }

    /** All servers are on the page, and few of them are seen before somebody opens something. */
    private static void pageIsFolded(PeriodReport report) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PeriodFormat.HTML.write(report, out);
        Document page = parse(out.toString(StandardCharsets.UTF_8));
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        String all = page.getDocumentElement().getTextContent();
        assertThat(report.servers()).allMatch(server -> all.contains(server.server()));
        NodeList rows = page.getElementsByTagName("tr");
        int open = 0;
        for (int i = 0; i < rows.getLength(); i++) {
            open += isFolded(rows.item(i)) ? 0 : 1;
        }
        assertThat(open).isBetween(40, 150);
    }

    private static boolean isFolded(Node node) {
        return node != null && (node.getNodeName().equals("details") || isFolded(node.getParentNode()));
    }

    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replace("<!DOCTYPE html>", ""))));
    }

    private static String content(BodyPart part, String type) throws Exception {
        assertThat(part.getContentType()).isEqualTo(type + "; charset=utf-8");
        return (String) part.getContent();
    }
}
