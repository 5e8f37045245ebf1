package io.risefall.query.http.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.http.Answer;
import io.risefall.query.http.BusyException;
import io.risefall.query.http.Gate;
import io.risefall.query.http.Guard;
import io.risefall.query.http.HttpCounts;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.SameOrigin;
import io.risefall.query.http.WebServer;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.metrics.MetricsPage;
import io.risefall.query.metrics.ServiceTimes;
import io.risefall.query.question.AnnotationsQuestion;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.Questions;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import io.risefall.query.text.RandomToken;
import io.risefall.query.warehouse.WarehouseWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers queries of other processes while this one has the warehouse open: {@code POST /sql?format=&param.NAME=}, {@code GET
 * /NAME?…} for each of {@link Questions}, {@code GET /api/annotations}, {@code POST /command}, {@code GET /status}, {@code POST /await}. Every
 * such request shows the token of the {@link ServiceFile}, and a Host header that is this host's, so that no page in a browser
 * can ask. Pages are for browsers ({@link SameOrigin}). {@code GET /metrics} needs neither: Prometheus cannot know a token that changes, and numbers are all it gives.
 *
 * <p>Users' SQL and questions each have a queue of their own; {@code /metrics}, {@code /status} and {@code /await} wait for
 * neither. {@link #start} and {@link #close} once each.
 */
public final class QueryService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryService.class);

    /** The header with the exit code of a question's command. */
    static final String EXIT_CODE = "Risefall-Exit-Code";

    /** Stands before the name of a parameter of SQL, among those of the request. */
    static final String SQL_PARAMETER = "param.";

    private static final int BODY_BYTES = 1024 * 1024;
    private static final int NO_BODY = 0;
    private static final Duration LONGEST_AWAIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InetSocketAddress bind;
    private final Path dataDir;
    private final String bootstrapServers;
    private final UserQueries queries;
    private final UserQuestions questions;
    private final MetricsPage metrics;
    private final ServiceTimes times;
    private final WarehouseWriter writer;
    private final String token = RandomToken.make();
    private final CommandEndpoint commands;
    private final RouteTrials trials;
    private final WebServer server;
    /** For those of this host that know the token and no certificate; null: they ask the same as browsers. */
    private final @Nullable WebServer programs;

    /**
     * @param bind where to listen; port 0: any
     * @param dataDir where to say so
     * @param bootstrapServers the Kafka that the warehouse reads, for importers
     * @param queries closed by this
     * @param questions closed by this
     * @param commands what the launcher can have run here
     * @param health what everybody may ask, wherever it is answered
     * @param trials what sends test messages; closed by who made it
     * @param access who may come, and what a browser is shown
     */
    public QueryService(
            InetSocketAddress bind,
            Path dataDir,
            String bootstrapServers,
            UserQueries queries,
            UserQuestions questions,
            Metrics metrics,
            WarehouseWriter writer,
            ServedCommands commands,
            List<Route> health,
            RouteTrials trials,
            Access access) {
        this.bind = bind;
        this.dataDir = dataDir;
        this.bootstrapServers = bootstrapServers;
        this.queries = queries;
        this.questions = questions;
        metrics.addReading(writer::state);
        this.metrics = new MetricsPage(metrics);
        times = metrics.times();
        this.writer = writer;
        this.commands = new CommandEndpoint(commands, dataDir);
        this.trials = trials;
        Gate gate = new Gate(token, ServiceFile.in(dataDir).toString(), access.hosts());
        List<Route> routes = new ArrayList<>(routes(access.programs(gate), gate, health));
        routes.addAll(access.pages());
        HttpCounts counts = new HttpCounts();
        metrics.addHttp(counts);
        server = new WebServer(routes, HttpLimits.USUAL, access.encryption(), counts);
        programs = access.isApartFromPrograms()
                ? new WebServer(routes(gate, gate, health), HttpLimits.USUAL, null, counts)
                : null;
    }

    /** @param own only for who reads the data directory: others send nothing from here */
    private List<Route> routes(Guard gate, Guard own, List<Route> health) {
        List<Route> routes = new ArrayList<>(List.of(
                new Route("/sql", "POST", gate, BODY_BYTES, this::sql),
                new Route("/command", "POST", gate, CommandEndpoint.BODY_BYTES, this::command),
                new Route("/status", "GET", gate, NO_BODY, request -> status()),
                new Route("/await", "POST", gate, BODY_BYTES, this::await),
                new Route(RouteTrials.PATH, "POST", own, NO_BODY, trials),
                new Route("/api/annotations", "GET", gate, NO_BODY, this::annotations),
                new Route("/metrics", "GET", Guard.OPEN, NO_BODY, request -> metrics())));
        Questions.all()
                .forEach(question -> routes.add(new Route(
                        "/" + question.name(),
                        "GET",
                        gate,
                        NO_BODY,
                        request -> questions.answer(question, new QuestionParameters(request.parameters())))));
        routes.addAll(health);
        return routes;
    }

    public void start() throws IOException {
        server.start(bind);
        metrics.latest(); // so that there is one, whatever comes
        if (programs != null) {
            programs.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        new ServiceFile(
                        "http://" + hostAndPort(programs == null ? address() : programs.address()),
                        token,
                        ProcessHandle.current().pid(),
                        bootstrapServers)
                .write(dataDir);
    }

    /** Where it listens, once started. */
    public InetSocketAddress address() {
        return server.address();
    }

    private static String hostAndPort(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private CompletionStage<Answer> sql(Request request) {
        ResultFormat format = ResultFormat.of(request.parameters().getOrDefault("format", "table"));
        ResultLayout layout = new ResultLayout(format, number(request, "width"), number(request, "rows"));
        Map<String, String> values = new LinkedHashMap<>();
        request.parameters().forEach((name, value) -> {
            if (name.startsWith(SQL_PARAMETER)) {
                values.put(name.substring(SQL_PARAMETER.length()), value);
            }
        });
        return queries.rows(request, new SqlText(request.text(), values), layout);
    }

    private static int number(Request request, String name) {
        return Integer.parseInt(request.parameters().getOrDefault(name, "0"));
    }

    private CompletionStage<Answer> annotations(Request request) {
        return questions.answer(
                new AnnotationsQuestion(), new QuestionParameters(request.parameters()).with("format", "json"));
    }

    private CompletionStage<Answer> metrics() {
        return metrics.latest()
                .thenApply(page -> Answer.of(Metrics.CONTENT_TYPE, page))
                .exceptionally(failure -> {
                    throw failure instanceof TimeoutException
                            ? new BusyException("busy: the first metrics are not ready yet", Duration.ofSeconds(2))
                            : new CompletionException(failure);
                });
    }

    private CompletionStage<Answer> command(Request request) {
        return times.timed("command", commands.answer(request));
    }

    private CompletionStage<Answer> status() {
        Map<String, Long> positions = new LinkedHashMap<>();
        writer.positions().forEach((partition, next) -> positions.put(partition.toString(), next));
        Map<String, Long> behind = new LinkedHashMap<>();
        ReadingState state = writer.state();
        state.behind().forEach((partition, records) -> behind.put(partition.toString(), records));
        Map<String, Object> status = new LinkedHashMap<>(Map.of("positions", positions, "behind", behind));
        status.put("kafka", state.awaySince() == null ? "there" : "away since " + state.awaySince());
        return CompletableFuture.completedStage(json(status));
    }

    private CompletionStage<Answer> await(Request request) {
        Map<TopicPartition, Long> wanted = offsets(request);
        Duration limit = Duration.ofMillis(Long.parseLong(request.parameters().getOrDefault("millis", "10000")));
        CompletableFuture<Boolean> reached =
                writer.reached(wanted, limit.compareTo(LONGEST_AWAIT) < 0 ? limit : LONGEST_AWAIT);
        request.abandoned().thenRun(() -> reached.complete(false));
        return reached.thenApply(done -> json(Map.of("done", done)));
    }

    private static Map<TopicPartition, Long> offsets(Request request) {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        JsonNode given;
        try {
            given = JSON.readTree(request.body());
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
        if (!given.isObject()) {
            throw new IllegalArgumentException("not an object of offsets by topic-partition");
        }
        given.properties().forEach(field -> {
            int dash = field.getKey().lastIndexOf('-');
            if (dash < 0) {
                throw new IllegalArgumentException("'" + field.getKey() + "' is not a topic-partition");
            }
            offsets.put(
                    new TopicPartition(
                            field.getKey().substring(0, dash),
                            Integer.parseInt(field.getKey().substring(dash + 1))),
                    field.getValue().asLong());
        });
        return offsets;
    }

    private static Answer json(Object value) {
        try {
            return Answer.of("application/json", JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of numbers are JSON", e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(ServiceFile.in(dataDir));
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", ServiceFile.in(dataDir), e.toString());
        }
        queries.close(); // what runs says so to who waits for it
        server.close();
        if (programs != null) {
            programs.close();
        }
        questions.close();
        commands.close();
        metrics.close();
    }
}
