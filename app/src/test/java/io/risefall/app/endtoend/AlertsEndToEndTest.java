package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.haproxy.ScriptedService;
import io.risefall.app.truth.haproxy.Stage;
import io.risefall.schemas.suite.RealParts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real HAProxy see the same servers: whoever is told is told once of what fails, and not of what an operator does. */
@RealParts
@Timeout(600)
class AlertsEndToEndTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern PAGE = Pattern.compile("page +(http://\\S+?)/\\s");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void oneMessageWhenAServerFailsAndOneWhenItIsBack() throws Exception {
        Programs.find("haproxy");
        int first = Programs.freeUdp();
        int second = Programs.freeUdp();
        HttpServer receiver = receiver();
        Path config = Files.writeString(folder.resolve("risefall.yaml"), """
                sources:
                  - syslog-udp: 127.0.0.1:%d
                    node: lb1
                  - syslog-udp: 127.0.0.1:%d
                    node: lb2
                alerts:
                  public-url: https://page.example.com
                  hold: 3s
                  close-after: 3s
                channels:
                  hook:
                    kind: webhook
                    url: http://127.0.0.1:%d/hook
                routes:
                  - name: everything
                    channels: hook
                """.formatted(
                        first, second, receiver.getAddress().getPort()));
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"), "--config", config.toString());
                Stage lb1 = new Stage(folder.resolve("lb1"), 0);
                Stage lb2 = new Stage(folder.resolve("lb2"), 0)) {
            ScriptedService a = lb1.service();
            ScriptedService b = lb1.service();
            ScriptedService c = lb1.service();
            lb1.alsoLogTo("127.0.0.1:" + first + " format rfc5424 local1");
            lb2.alsoLogTo("127.0.0.1:" + second + " format rfc5424 local1");
            for (Stage node : List.of(lb1, lb2)) {
                node.start(1, """
                        backend web
                            server a 127.0.0.1:%d
                            server b 127.0.0.1:%d
                            server c 127.0.0.1:%d
                        """.formatted(a.port(), b.port(), c.port()));
                node.until("web/b", "UP");
            }
            // What these would say comes before what is said of b, which fails after them and must last as long.
            for (Stage node : List.of(lb1, lb2)) {
                node.reload();
                node.command("set server web/a state maint");
                node.until("web/a", "MAINT");
                node.command("set server web/c state drain");
                node.until("web/c", "DRAIN");
                node.command("set server web/c state ready");
                node.until("web/c", "UP");
            }

            b.refuse();
            await("OPENED").atMost(PATIENCE).until(() -> !messages.isEmpty());
            JsonNode opened = messages.get(0).get("alert");
            assertThat(opened.get("transition").textValue()).isEqualTo("opened");
            assertThat(opened.get("title").textValue())
                    .isEqualTo("Server web/b is DOWN on 2 nodes: Layer4 connection problem.");
            assertThat(opened.get("servers")).hasSize(1);
            assertThat(opened.get("backends").toString())
                    .isEqualTo("[{\"configured\":2,\"empty\":false,\"proxy\":\"web\",\"usable\":1}]");
            // As long as one of the nodes has it in service, a firewall is possible too.
            assertThat(opened.get("cause").textValue()).isIn("backend server not running", "network or firewall");
            assertThat(opened.get("next_step").textValue()).isNotBlank();
            assertThat(opened.get("commands").toString()).contains("show servers state web");
            String link = messages.get(0).get("link").textValue();
            assertThat(link).startsWith("https://page.example.com/incidents/");
            HttpResponse<String> page = get(risefall, URI.create(link).getPath());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("web/b");

            // Twice: neither a new process that finds it DOWN again nor its maintenance begins anything.
            lb1.reload();
            lb1.until("web/b", "DOWN");
            b.ok();
            await("CLOSED").atMost(PATIENCE).until(() -> messages.size() > 1);
            assertThat(messages)
                    .extracting(
                            message -> message.get("alert").get("transition").textValue())
                    .containsExactly("opened", "closed");
            assertThat(messages.get(1).get("alert").get("alert_id")).isEqualTo(opened.get("alert_id"));
            assertThat(risefall.must("query", "--format", "csv", "SELECT count(*) FROM alerts"))
                    .isEqualTo("count_star()\n1\n");

            messages.clear();
            CommandRunner tester = new CommandRunner();
            String data = folder.resolve("data").toString();
            assertThat(tester.run("alert", "test", "everything", "--data", data))
                    .as(tester.err())
                    .isZero();
            assertThat(tester.out()).startsWith("hook (").contains("taken: ");
            assertThat(tester.err()).contains("sent by the service");
            assertThat(messages)
                    .extracting(message -> message.get("test").booleanValue())
                    .containsExactly(true, true);
            assertThat(tester.run("alert", "test", "other", "--data", data)).isEqualTo(1);
            assertThat(tester.err()).contains("the service was started without a route other; its routes: everything");
        } finally {
            receiver.stop(0);
        }
    }

    private HttpServer receiver() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            messages.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    private static HttpResponse<String> get(RunningRisefall risefall, String path) throws Exception {
        Matcher page = PAGE.matcher(risefall.err());
        assertThat(page.find()).as(risefall.err()).isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(page.group(1) + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
