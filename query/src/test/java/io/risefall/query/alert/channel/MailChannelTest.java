package io.risefall.query.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.risefall.query.alert.Alerts;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.schemas.suite.Slow;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail to a real server. */
@Slow
class MailChannelTest {
    private GreenMail server;

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void overPlainSmtpHasTextAndHtmlAndIdsByWhichRepeatsFold() throws Exception {
        start("smtp");
        MailChannel channel = channel("tls", "none");
        AlertNotice notice = new AlertNotice(Alerts.opened("a1", "web/s1"), "https://r.example/incidents/i1", false);
        assertThat(channel.send(notice)).isEqualTo("taken by localhost");
        channel.send(notice);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[WARNING] web/s1 is DOWN: L4CON Connection refused");
        assertThat(mail.getHeader("Message-ID")).containsExactly("<a1-1@example.com>");
        assertThat(server.getReceivedMessages()[1].getHeader("Message-ID")).containsExactly("<a1-1@example.com>");
        assertThat(mail.getHeader("References")).containsExactly("<a1@example.com>");
        assertThat(mail.getHeader("Risefall-Delivery-Id")).containsExactly("a1-1");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
        assertThat(mail.getHeader("In-Reply-To")).isNull();
        channel.send(new AlertNotice(Alerts.message("a1", 2, AlertTransition.CLOSED, "web/s1"), "/", false));
        MimeMessage later = server.getReceivedMessages()[2];
        assertThat(later.getHeader("References")).containsExactly("<a1@example.com>");
        assertThat(later.getHeader("In-Reply-To")).containsExactly("<a1@example.com>");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("likely cause: backend server not running");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("href=\"https://r.example/incidents/i1\"");
    }

    @Test
    void hostileNamesMakeNoHeader() throws Exception {
        start("smtp");
        channel("tls", "none")
                .send(new AlertNotice(
                        Alerts.titled(
                                "a\r\nBcc: evil@example.com", 1, AlertTransition.OPENED, "web/s1", Alerts.HOSTILE),
                        "/",
                        false));
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject())
                .startsWith("[WARNING] x Bcc: evil@example.com <script>")
                .hasSizeLessThan(210);
    }

    @Test
    void withADocumentHasItsFiles() throws Exception {
        start("smtp");
        channel("tls", "none")
                .send(new DocumentNotice(
                        "report-1",
                        "2 outages, 99.93 %",
                        "text",
                        "<p>html</p>",
                        List.of(new DocumentNotice.Attachment(
                                "report.csv", "text/csv", "a,b\n".getBytes(StandardCharsets.UTF_8))),
                        null));
        MimeMultipart parts = (MimeMultipart) server.getReceivedMessages()[0].getContent();
        assertThat(parts.getContentType()).startsWith("multipart/mixed");
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("report.csv");
    }

    @Test
    void aServerWithoutStarttlsGetsNoMail() {
        start("smtp");
        assertThatThrownBy(() -> channel("tls", "starttls").send(notice()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private void start(String protocol) {
        ServerSetup setup = new ServerSetup(0, "localhost", protocol);
        setup.setServerStartupTimeout(20_000);
        server = new GreenMail(setup);
        server.start();
    }

    private int port() {
        return server.getSmtp() == null
                ? server.getSmtps().getPort()
                : server.getSmtp().getPort();
    }

    private static AlertNotice notice() {
        return new AlertNotice(Alerts.opened("a1", "web/s1"), "/", false);
    }

    private MailChannel channel(String... pairs) {
        Map<String, List<String>> values = new TreeMap<>();
        values.put("smtp", List.of("localhost:" + port()));
        values.put("from", List.of("Risefall <risefall@example.com>"));
        values.put("to", List.of("ops@example.com"));
        values.put("timeout", List.of("20s"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], List.of(pairs[i + 1]));
        }
        return (MailChannel) Channels.of(new ChannelSettings("mail", ChannelKind.MAIL, values), Clock.systemUTC());
    }
}
