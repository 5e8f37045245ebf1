package io.risefall.query.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.alert.Alerts;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.schemas.SchemaCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each receiver gets, whole. To accept a change, run with {@code -Drisefall.goldens=accept} and read the diff. */
class ChannelJsonTest {
    private static final Path GOLDENS = Path.of("src/test/resources/io/risefall/query/alert");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Alerts.AT.plusSeconds(30);

    @Test
    void isWhatTheGoldensSay() throws IOException {
        for (Map.Entry<String, JsonNode> shape :
                shapes(notice(Alerts.opened("a1", "web/s1"))).entrySet()) {
            golden(shape.getKey() + "-opened", shape.getValue());
        }
        AlertMessage closed = Alerts.message("a1", 2, AlertTransition.CLOSED, "web/s1");
        for (Map.Entry<String, JsonNode> shape : shapes(notice(closed)).entrySet()) {
            golden(shape.getKey() + "-closed", shape.getValue());
        }
        DocumentNotice document = document();
        golden("webhook-document", WebhookJson.of(document));
        golden("slack-document", SlackChannel.json(document));
    }

    @Test
    void webhooksAreWhatTheirSchemaSays() {
        for (Outgoing outgoing : List.of(
                notice(Alerts.opened("a1", "web/s1")),
                notice(Alerts.message("a1", 2, AlertTransition.CLOSED, "web/s1")),
                hostile(),
                document())) {
            assertThat(SchemaCheck.errors(
                            WebhookJson.VERSION, WebhookJson.of(outgoing).toString()))
                    .isEmpty();
        }
        assertThat(SchemaCheck.errors(WebhookJson.VERSION, "{\"version\": \"risefall.webhook.v1\"}"))
                .isNotEmpty();
    }

    /** Whatever a name is, nobody is called, nothing is Markdown, and no receiver's limit is exceeded. */
    @Test
    void hostileNamesStayText() {
        AlertNotice notice = hostile();
        JsonNode slack = SlackChannel.json(notice);
        assertThat(slack.get("text").textValue()).doesNotContain("<", ">");
        JsonNode blocks = slack.get("attachments").get(0).get("blocks");
        assertThat(blocks).hasSize(2);
        assertThat(blocks.get(0).get("text").get("type").textValue()).isEqualTo("plain_text");
        assertThat(blocks.get(0).get("text").get("text").textValue()).hasSizeLessThanOrEqualTo(3000);
        assertThat(blocks.get(1).get("text").get("text").textValue())
                .isEqualTo("<https://r.example/incidents/i1|Open in Risefall>");
        // It reads twice its limit of a message, for what JSON adds.
        assertThat(NtfyChannel.json(notice, "t").toString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(8192);
        String mattermost = MattermostChannel.json(notice, null)
                .get("attachments")
                .get(0)
                .get("text")
                .textValue();
        assertThat(mattermost.substring(3, mattermost.length() - 3)).doesNotContain("`");
        assertThat(TeamsChannel.json(notice).toString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(28_000);
        assertThat(TeamsChannel.json(notice).findValuesAsText("type")).doesNotContain("TextBlock");
        assertThat(NtfyChannel.json(notice, "t").get("message").textValue().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(4096);
        assertThat(PagerDutyChannel.json(notice, "k")
                        .get("payload")
                        .get("summary")
                        .textValue())
                .hasSizeLessThanOrEqualTo(1024);
        for (JsonNode shape : shapes(notice).values()) {
            shape.findValues("text").stream()
                    .filter(JsonNode::isTextual)
                    .forEach(text -> assertThat(text.textValue()).doesNotContain("\r", "\u001b"));
        }
        assertThat(NoticeWords.subject(notice)).doesNotContain("\r", "\n").hasSizeLessThanOrEqualTo(200);
        assertThat(MailHtml.of(notice)).doesNotContain("<script");
    }

    /** Nor does an incident of two thousand servers with the longest names, nor a report of many lines. */
    @Test
    void whatIsLargeIsTakenToo() {
        List<Outgoing> large = List.of(
                notice(Alerts.many(2_000)),
                new DocumentNotice("d1", "s".repeat(10_000), "\n".repeat(50_000), "", List.of(), null),
                new DocumentNotice("d2", "s", "a<b & ```\u20ac\u202e\"|\n".repeat(5_000), "", List.of(), null));
        for (Outgoing outgoing : large) {
            assertThat(size(TeamsChannel.json(outgoing))).isLessThan(28 * 1024);
            assertThat(size(NtfyChannel.json(outgoing, "t"))).isLessThanOrEqualTo(8192);
            assertThat(NtfyChannel.json(outgoing, "t")
                            .get("message")
                            .textValue()
                            .getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThanOrEqualTo(4096);
            // The whole post, with what the server adds.
            assertThat(MattermostChannel.json(outgoing, "c").toString()).hasSizeLessThan(16_383);
            JsonNode slack = SlackChannel.json(outgoing);
            assertThat(slack.get("text").textValue()).hasSizeLessThan(3000).doesNotContain("<");
            for (JsonNode block : slack.get("attachments").get(0).get("blocks")) {
                JsonNode text = block.get("text");
                assertThat(text.get("text").textValue())
                        .hasSizeLessThanOrEqualTo(3000)
                        .doesNotContain("\u202e");
                if (text.get("type").textValue().equals("mrkdwn")) {
                    assertThat(text.get("text").textValue()).doesNotContain("<b");
                }
            }
        }
        AlertNotice many = notice(Alerts.many(2_000));
        assertThat(size(PagerDutyChannel.json(many, "k"))).isLessThan(512 * 1024);
        JsonNode payload = PagerDutyChannel.json(many, "k").get("payload");
        assertThat(payload.get("summary").textValue()).hasSizeLessThanOrEqualTo(1024);
        assertThat(payload.get("source").textValue()).hasSizeLessThanOrEqualTo(255);
        assertThat(size(AlertmanagerChannel.json(many, NOW))).isLessThan(64 * 1024);
        assertThat(MailHtml.of(many)).hasSizeLessThan(100_000);
        assertThat(SchemaCheck.errors(WebhookJson.VERSION, WebhookJson.of(many).toString()))
                .isEmpty();
    }

    private static int size(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Alertmanager refuses the whole request otherwise, again and again. */
    @Test
    void anAlertDoesNotEndBeforeItBegan() {
        AlertMessage closed = Alerts.message("a1", 2, AlertTransition.CLOSED, "web/s1");
        AlertMessage skewed = new AlertMessage(
                closed.alertId(),
                closed.sequence(),
                closed.transition(),
                closed.problem(),
                closed.severity(),
                closed.flapping(),
                closed.at(),
                closed.startedAt(),
                closed.startedAt().minusSeconds(1),
                closed.title(),
                closed.servers(),
                closed.backends(),
                closed.nodes(),
                closed.incidentId(),
                closed.outageIds(),
                closed.cause(),
                closed.evidence(),
                closed.nextStep(),
                closed.commands(),
                closed.link());
        JsonNode alert = AlertmanagerChannel.json(notice(skewed), NOW).get(0);
        assertThat(alert.get("endsAt")).isEqualTo(alert.get("startsAt"));
    }

    private static Map<String, JsonNode> shapes(AlertNotice notice) {
        Map<String, JsonNode> shapes = new LinkedHashMap<>();
        shapes.put("webhook", WebhookJson.of(notice));
        shapes.put("slack", SlackChannel.json(notice));
        shapes.put("teams", TeamsChannel.json(notice));
        shapes.put("mattermost", MattermostChannel.json(notice, "ops"));
        shapes.put("ntfy", NtfyChannel.json(notice, "topic"));
        shapes.put("pagerduty", PagerDutyChannel.json(notice, "ROUTING-KEY"));
        shapes.put("alertmanager", AlertmanagerChannel.json(notice, NOW));
        return shapes;
    }

    private static AlertNotice notice(AlertMessage message) {
        return new AlertNotice(message, "https://r.example" + message.link(), false);
    }

    private static AlertNotice hostile() {
        return notice(Alerts.titled(
                "a1",
                1,
                AlertTransition.OPENED,
                Alerts.HOSTILE.replace("/", "|") + "/" + Alerts.HOSTILE,
                Alerts.HOSTILE));
    }

    private static DocumentNotice document() {
        return new DocumentNotice(
                "report-day-2026-03-01",
                "Sunday 1 March 2026: 2 outages",
                "line 1\nline 2 <b>\n",
                "<p>line 1</p>",
                List.of(new DocumentNotice.Attachment(
                        "report.html", "text/html; charset=utf-8", "<p>".getBytes(StandardCharsets.UTF_8))),
                "https://risefall.example.com/reports/day/2026-03-01");
    }

    private static void golden(String name, JsonNode json) throws IOException {
        Path file = GOLDENS.resolve(name + ".json");
        String made = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(file, made);
        }
        assertThat(made).as(name).isEqualTo(Files.readString(file));
    }
}
