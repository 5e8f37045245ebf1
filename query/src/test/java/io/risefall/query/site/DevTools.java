package io.risefall.query.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium, driven by its DevTools protocol: one tab. Used by one thread. */
final class DevTools implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;

    private final Process browser;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    private DevTools(Process browser, URI tab) {
        this.browser = browser;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(tab, new Listener())
                .join();
    }

    /** The browser of this machine, if there is one. */
    static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static DevTools start(Path browser, Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("chromium.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        for (int tries = 0; !Files.exists(port) || Files.readAllLines(port).size() < 2; tries++) {
            if (tries > 600 || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException("chromium does not listen");
            }
            TimeUnit.MILLISECONDS.sleep(50); // it tells by nothing else
        }
        URI tabs = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        String list = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(tabs).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode tab : JSON.readTree(list)) {
            if (tab.path("type").asText().equals("page")) {
                DevTools tools = new DevTools(
                        process, URI.create(tab.path("webSocketDebuggerUrl").asText()));
                tools.ask("Page.enable", Map.of());
                tools.ask("Runtime.enable", Map.of());
                tools.ask("Log.enable", Map.of());
                return tools;
            }
        }
        process.destroyForcibly();
        throw new IOException("chromium has no tab: " + list);
    }

    /** Asks for something of the protocol and waits for the answer. */
    JsonNode ask(String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(SECONDS, TimeUnit.SECONDS);
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Goes to a page and waits until it is loaded. */
    void open(String url) throws Exception {
        loads(() -> ask("Page.navigate", Map.of("url", url)));
    }

    /** Does something that loads a page, and waits until it is loaded. */
    void loads(Step step) throws Exception {
        loaded = new CompletableFuture<>();
        step.run();
        loaded.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Something that is done to a page. */
    interface Step {
        void run() throws Exception;
    }

    /** The value of an expression of JavaScript; of a promise, what it comes to. */
    JsonNode value(String expression) throws Exception {
        JsonNode answer =
                ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    void window(int width, boolean dark, boolean script) throws Exception {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        ask("Emulation.setScriptExecutionDisabled", Map.of("value", !script));
    }

    /** Shows the page as it is printed in dark mode, or again as on the screen. */
    void print(boolean printed) throws Exception {
        ask(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        printed ? "print" : "",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    /**
     * Presses a key and lets it go.
     *
     * @param text what it types; empty: nothing
     */
    void press(String key, int code, String text) throws Exception {
        Map<String, Object> pressed = Map.of("key", key, "windowsVirtualKeyCode", code, "text", text);
        for (String type : List.of(text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
            Map<String, Object> event = new HashMap<>(pressed);
            event.put("type", type);
            ask("Input.dispatchKeyEvent", event);
        }
    }

    /** What the browser has complained of since it was asked last: errors of scripts, of the network, and of the security policy. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        browser.destroy();
        if (!browser.waitFor(10, TimeUnit.SECONDS)) {
            browser.destroyForcibly().waitFor();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                try {
                    take(JSON.readTree(whole));
                } catch (IOException e) {
                    complaints.add("not JSON: " + whole);
                }
            }
            from.request(1);
            return null;
        }

        private void take(JsonNode message) {
            CompletableFuture<JsonNode> answer =
                    message.has("id") ? asked.remove(message.path("id").asInt()) : null;
            if (answer != null) {
                if (message.has("error")) {
                    answer.completeExceptionally(new IllegalStateException(message.toString()));
                } else {
                    answer.complete(message.path("result"));
                }
                return;
            }
            switch (message.path("method").asText()) {
                case "Page.loadEventFired" -> loaded.complete(null);
                case "Runtime.exceptionThrown" ->
                    complaints.add(message.path("params").toString());
                case "Log.entryAdded", "Runtime.consoleAPICalled" -> {
                    JsonNode entry = message.path("params").has("entry")
                            ? message.path("params").path("entry").path("level")
                            : message.path("params").path("type");
                    if (entry.asText().equals("error")) {
                        complaints.add(message.path("params").toString());
                    }
                }
                default -> {}
            }
        }
    }
}
