package io.risefall.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.risefall.query.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers queries of other processes while this one has the warehouse open: {@code POST /sql?format=}, {@code GET
 * /report?date=&zone=&format=}, {@code GET /explain?asked=&zone=&format=}, {@code GET /status}, {@code POST /await}. Every request shows the token of the {@link
 * ServiceFile}, and a Host header that is this host's, so that no page in a browser can ask. {@code GET /metrics} needs
 * neither: Prometheus cannot know a token that changes, and numbers are all it gives. {@link #start} and {@link
 * #close} once each.
 */
public final class QueryService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryService.class);

    private static final int THREADS = 8;
    private static final int TOKEN_BYTES = 24;
    private static final int BODY_BYTES = 1024 * 1024;
    private static final List<String> LOOPBACK_NAMES = List.of("127.0.0.1", "localhost", "[::1]");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InetSocketAddress bind;
    private final Path dataDir;
    private final String bootstrapServers;
    private final SqlSandbox sandbox;
    private final ReportEndpoint report;
    private final ReportEndpoint explanation;
    private final Metrics metrics;
    private final WarehouseWriter writer;
    private final String token = token();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "query-service");
        thread.setDaemon(true);
        return thread;
    });
    private HttpServer server;

    /** Writes a report or an explanation to a stream; throws {@link QueryException} for parameters that are wrong. */
    public interface ReportEndpoint {
        void write(Map<String, String> parameters, OutputStream out) throws Exception;
    }

    /**
     * @param bind where to listen; port 0: any
     * @param dataDir where to say so
     * @param bootstrapServers the Kafka that the warehouse reads, for importers
     */
    public QueryService(
            InetSocketAddress bind,
            Path dataDir,
            String bootstrapServers,
            SqlSandbox sandbox,
            ReportEndpoint report,
            ReportEndpoint explanation,
            Metrics metrics,
            WarehouseWriter writer) {
        this.bind = bind;
        this.dataDir = dataDir;
        this.bootstrapServers = bootstrapServers;
        this.sandbox = sandbox;
        this.report = report;
        this.explanation = explanation;
        this.metrics = metrics;
        this.writer = writer;
    }

    public void start() throws IOException {
        // Without it, JDK 17 waits 40 ms before the last packet of every answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(bind, 0);
        server.setExecutor(threads);
        route("/sql", "POST", true, this::sql);
        route("/report", "GET", true, this::report);
        route("/explain", "GET", true, this::explain);
        route("/status", "GET", true, this::status);
        route("/await", "POST", true, this::await);
        route("/metrics", "GET", false, this::metrics);
        server.start();
        new ServiceFile(
                        "http://" + hostAndPort(address()),
                        token,
                        ProcessHandle.current().pid(),
                        bootstrapServers)
                .write(dataDir);
    }

    /** Where it listens, once started. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static String hostAndPort(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private interface Handler {
        void handle(HttpExchange exchange, Map<String, String> parameters) throws Exception;
    }

    private void route(String path, String method, boolean guarded, Handler handler) {
        server.createContext(path, exchange -> {
            Answer answer = new Answer(exchange);
            try {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    answer.fail(404, "nothing at " + exchange.getRequestURI().getPath());
                } else if (guarded && !isThisHost(exchange)) {
                    answer.fail(403, "wrong Host header");
                } else if (guarded && !hasToken(exchange)) {
                    answer.fail(401, "no token, or a wrong one: it stands in " + ServiceFile.in(dataDir));
                } else if (!exchange.getRequestMethod().equals(method)) {
                    answer.fail(405, "use " + method);
                } else {
                    handler.handle(exchange, parameters(exchange.getRequestURI()));
                }
            } catch (QueryException | IllegalArgumentException e) {
                answer.fail(400, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                LOG.debug("client went away: {}", e.toString());
            } catch (Exception e) {
                LOG.warn("cannot answer {}: {}", path, e.toString());
                answer.fail(500, e.toString());
            } finally {
                exchange.close(); // not by try-with-resources, which would close before the failure is told
            }
        });
    }

    private boolean isThisHost(HttpExchange exchange) {
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        String name = host.replaceFirst(":\\d+$", "");
        return LOOPBACK_NAMES.contains(name) || name.equals(bind.getHostString());
    }

    private boolean hasToken(HttpExchange exchange) {
        String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private void sql(HttpExchange exchange, Map<String, String> parameters) throws IOException {
        String sql = new String(body(exchange), StandardCharsets.UTF_8);
        ResultFormat format = ResultFormat.of(parameters.getOrDefault("format", "table"));
        sandbox.query(sql, format, new Answer(exchange));
    }

    private void report(HttpExchange exchange, Map<String, String> parameters) throws Exception {
        report.write(parameters, new Answer(exchange));
    }

    private void explain(HttpExchange exchange, Map<String, String> parameters) throws Exception {
        explanation.write(parameters, new Answer(exchange));
    }

    private void metrics(HttpExchange exchange, Map<String, String> parameters) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        metrics.write(text);
        exchange.getResponseHeaders().set("Content-Type", Metrics.CONTENT_TYPE);
        text.writeTo(new Answer(exchange));
    }

    private void status(HttpExchange exchange, Map<String, String> parameters) throws IOException {
        Map<String, Long> positions = new LinkedHashMap<>();
        writer.positions().forEach((partition, next) -> positions.put(partition.toString(), next));
        JSON.writeValue(new Answer(exchange), Map.of("positions", positions));
    }

    private void await(HttpExchange exchange, Map<String, String> parameters) throws IOException, InterruptedException {
        Map<TopicPartition, Long> wanted = new LinkedHashMap<>();
        JSON.readTree(body(exchange)).properties().forEach(field -> {
            int dash = field.getKey().lastIndexOf('-');
            wanted.put(
                    new TopicPartition(
                            field.getKey().substring(0, dash),
                            Integer.parseInt(field.getKey().substring(dash + 1))),
                    field.getValue().asLong());
        });
        Duration limit = Duration.ofMillis(Long.parseLong(parameters.getOrDefault("millis", "10000")));
        JSON.writeValue(new Answer(exchange), Map.of("done", writer.await(wanted, limit)));
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES + 1);
        if (body.length > BODY_BYTES) {
            throw new QueryException("the request is longer than 1 MiB");
        }
        return body;
    }

    static Map<String, String> parameters(URI uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            Arrays.stream(uri.getRawQuery().split("&")).forEach(pair -> {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            });
        }
        return parameters;
    }

    private static String token() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void close() {
        if (server != null) {
            try {
                Files.deleteIfExists(ServiceFile.in(dataDir));
            } catch (IOException e) {
                LOG.warn("cannot remove {}: {}", ServiceFile.in(dataDir), e.toString());
            }
            sandbox.close();
            server.stop(0);
        }
        threads.shutdownNow();
    }

    /**
     * The body of an answer. Its headers go out with the first byte, so that what fails before that can still say so with
     * a status; closing it ends the answer.
     */
    private static final class Answer extends OutputStream {
        private final HttpExchange exchange;

        Answer(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (exchange.getResponseCode() < 0) {
                exchange.sendResponseHeaders(200, 0);
            }
            exchange.getResponseBody().write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (exchange.getResponseCode() < 0) {
                exchange.sendResponseHeaders(200, -1);
            }
            exchange.close();
        }

        /** Says why, if nothing has been sent; else breaks the answer off, which the client sees. */
        void fail(int status, String why) throws IOException {
            if (exchange.getResponseCode() >= 0) {
                throw new IOException("after the answer had begun: " + why);
            }
            byte[] text = why.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }
}
