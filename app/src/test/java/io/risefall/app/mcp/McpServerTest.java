package io.risefall.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.serving.QueryClient;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no message of the protocol is answered with an error, and the next message as ever. */
@Timeout(60)
class McpServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"last\",\"method\":\"ping\"}";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"%s\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{bad | -32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"} | -32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}{} | -32700",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}] | -32600",
                "7 | -32600",
                "{\"id\":1,\"method\":\"ping\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"} | -32601",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"drop\"}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"query\",\"arguments\":[]}} | -32602",
            })
    void whatIsNoRequestIsAnError(String line, int code) throws Exception {
        List<JsonNode> answers = run(INITIALIZE, line.strip(), PING);
        assertThat(answers).hasSize(3);
        assertThat(answers)
                .filteredOn(answer -> answer.has("error"))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.path("error").path("code").asInt()).isEqualTo(code);
                    assertThat(error.path("error").path("message").asText()).isNotBlank();
                });
        assertThat(answers).anyMatch(answer -> answer.path("id").asText().equals("last") && answer.has("result"));
    }

    @Test
    void aHugeLineIsSkippedAndToldWithoutBeingKept() throws Exception {
        String huge = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "x".repeat(MessageLines.LIMIT) + "\"}";
        List<JsonNode> answers = run(huge, PING);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).path("error").path("message").asText()).contains("1048576 bytes");
        assertThat(answers.get(1).path("id").asText()).isEqualTo("last");
    }

    @Test
    void bytesThatAreNoTextAreAnError() throws Exception {
        List<JsonNode> answers =
                run(new ByteArrayInputStream(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}), client());
        assertThat(answers)
                .singleElement()
                .satisfies(error ->
                        assertThat(error.path("error").path("code").asInt()).isEqualTo(-32700));
    }

    @Test
    void theLastLineNeedsNoEndAndEmptyLinesAreNothing() throws Exception {
        assertThat(run(new ByteArrayInputStream(("\n \r\n" + PING).getBytes(StandardCharsets.UTF_8)), client()))
                .hasSize(1);
        assertThat(run(InputStream.nullInputStream(), client())).isEmpty();
    }

    @Test
    void notificationsAndAnswersAreNotAnswered() throws Exception {
        assertThat(run(
                        INITIALIZE,
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{}}",
                        "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}"))
                .hasSize(1);
    }

    @Test
    void withoutARevisionOrASessionTheRequestIsRefusedAndSaysHow() throws Exception {
        List<JsonNode> answers = run("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
        assertThat(answers.get(0).path("error").path("code").asInt()).isEqualTo(-32602);
        assertThat(answers.get(0).toString()).contains("2026-07-28", "initialize", "2025-11-25");
    }

    @Test
    void anotherRevisionIsRefusedWithThoseThatThereAre() throws Exception {
        JsonNode error = run("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{"
                        + META.formatted("1900-01-01") + "}}")
                .get(0)
                .path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32022);
        assertThat(error.path("data").toString())
                .isEqualTo("{\"supported\":[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2024-11-05\"],"
                        + "\"requested\":\"1900-01-01\"}");
    }

    @Test
    void anEarlierRevisionIsAgreedOnOnlyWhereItIsKnown() throws Exception {
        assertThat(agreed("2025-06-18")).isEqualTo("2025-06-18");
        assertThat(agreed("2031-01-01")).isEqualTo("2025-11-25");
        assertThat(agreed("2026-07-28")).isEqualTo("2025-11-25");
    }

    private static String agreed(String wanted) throws Exception {
        return run(INITIALIZE.replace("2025-11-25", wanted))
                .get(0)
                .path("result")
                .path("protocolVersion")
                .asText();
    }

    @Test
    void everyToolOnlyReadsAndRefusesWhatItDoesNotKnow() throws Exception {
        JsonNode tools = run("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{"
                        + META.formatted("2026-07-28") + "}}")
                .get(0)
                .path("result")
                .path("tools");
        assertThat(tools.findValuesAsText("name")).containsExactly("views", "query", "explain", "report", "diagnose");
        for (JsonNode tool : tools) {
            assertThat(tool.path("annotations").path("readOnlyHint").asBoolean())
                    .isTrue();
            assertThat(tool.path("inputSchema").path("additionalProperties").isBoolean())
                    .isTrue();
            assertThat(failure(tool.path("name").asText(), "{\"sql\":\"a\",\"number\":\"b\",\"nodee\":\"c\"}"))
                    .contains("unknown argument");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "query | {} | the argument sql is missing",
                "query | {\"sql\":\" \"} | sql is empty",
                "query | {\"sql\":\"x\",\"limit\":0} | an integer from 1 to 1000",
                "query | {\"sql\":\"x\",\"limit\":99999999999} | an integer from 1 to 1000",
                "query | {\"sql\":\"x\",\"parameters\":{\"a\":1}} | an object of texts",
                "query | {\"sql\":\"x\",\"limt\":1} | did you mean limit?",
                "query | {\"sql\":\"x\",\"zone\":\"Mars\"} | unknown zone 'Mars'",
                "query | {\"sql\":\"wrong\"} | Parser Error",
                "explain | {} | the argument number is missing",
                "report | {\"period\":\"decade\"} | one of [\\\"day\\\"",
                "report | {\"date\":\"soon\"} | soon",
                "diagnose | {\"servers\":\"a/b/c\"} | is not PROXY or PROXY/SERVER",
                "diagnose | {\"servers\":\"a\",\"outage_id\":\"b\"} | not both",
            })
    void whatACallLacksIsToldToTheModel(String tool, String arguments, String why) throws Exception {
        assertThat(failure(tool, arguments)).contains(why);
    }

    private static String failure(String tool, String arguments) throws Exception {
        JsonNode result = run(INITIALIZE, call(1, tool, arguments)).get(1).path("result");
        assertThat(result.path("isError").asBoolean()).isTrue();
        return result.path("content").path(0).path("text").asText();
    }

    @Test
    void aCallIsCancelledWhileItRunsAndNeverAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        QueryClient endless = new FakeClient() {
            @Override
            public void query(SqlText sql, ResultLayout layout, OutputStream out) throws Exception {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
            }
        };
        try (PipedOutputStream client = new PipedOutputStream()) {
            PipedInputStream in = new PipedInputStream(client, 1 << 16);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Thread server = new Thread(() -> serve(in, endless, out));
            server.start();
            send(client, INITIALIZE, call(1, "query", "{\"sql\":\"x\"}"));
            begun.await();
            send(client, PING, call(1, "query", "{\"sql\":\"x\"}"));
            send(client, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            client.close();
            server.join();
            List<JsonNode> answers = messages(out);
            assertThat(answers).hasSize(3);
            assertThat(answers.get(1).path("id").asText()).isEqualTo("last");
            assertThat(answers.get(2).path("error").path("message").asText()).contains("not answered yet");
        }
    }

    private static void send(OutputStream client, String... lines) throws IOException {
        client.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        client.flush();
    }

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static List<JsonNode> run(String... lines) throws Exception {
        return run(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)), client());
    }

    private static List<JsonNode> run(InputStream in, QueryClient client) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        serve(in, client, out);
        return messages(out);
    }

    private static void serve(InputStream in, QueryClient client, ByteArrayOutputStream out) {
        McpTools tools = new McpTools(zone -> client, ZoneOffset.UTC);
        try {
            new McpServer(new McpProtocol(tools, "1"), in, new PrintStream(out, true, StandardCharsets.UTF_8)).run();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each line is one, and there is nothing else. */
    private static List<JsonNode> messages(ByteArrayOutputStream out) throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                messages.add(JSON.readTree(line));
                assertThat(messages.get(messages.size() - 1).path("jsonrpc").asText())
                        .isEqualTo("2.0");
            }
        }
        return messages;
    }

    private static QueryClient client() {
        return new FakeClient();
    }

    private static class FakeClient implements QueryClient {
        @Override
        public void query(SqlText sql, ResultLayout layout, OutputStream out) throws Exception {
            throw new QueryException("Parser Error: " + sql.text());
        }

        @Override
        public int ask(Question question, QuestionParameters parameters, OutputStream out) {
            throw new QueryException("nothing here");
        }

        @Override
        public void close() {}
    }
}
