package io.risefall.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Asks the {@link QueryService} of another process on this machine. One thread; interrupting it breaks the request off. */
public final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final int BUSY = 503;

    /** How long a service is asked again that says that it is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int BLOCK = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceFile service;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    private ServiceClient(ServiceFile service) {
        this.service = service;
    }

    /**
     * The service that runs on a data directory; empty where none does, as after kill -9.
     *
     * @throws ServiceBusyException where one runs, and does not answer now
     */
    public static Optional<ServiceClient> find(Path dataDir) throws InterruptedException {
        Optional<ServiceFile> file = ServiceFile.read(dataDir);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        ServiceClient client = new ServiceClient(file.get());
        try {
            HttpResponse<Void> answer = client.http.send(
                    client.request("/status").timeout(CONNECT).GET().build(), BodyHandlers.discarding());
            if (answer.statusCode() == BUSY) {
                throw new ServiceBusyException(client.name() + " is busy; try again");
            }
            return answer.statusCode() == OK ? Optional.of(client) : Optional.empty();
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!client.isAlive()) {
                return Optional.empty();
            }
            throw new ServiceBusyException(client.name() + " does not answer: it is busy or suspended; try again");
        }
    }

    /** Another program may listen at its address when it is gone. */
    private boolean isAlive() {
        return ProcessHandle.of(service.pid()).isPresent();
    }

    private String name() {
        return "the Risefall at " + service.url() + " (pid " + service.pid() + ")";
    }

    /** The Kafka that the service reads. */
    public String bootstrapServers() {
        return service.bootstrapServers();
    }

    /** As below, as wide as it is. */
    public void sql(String sql, ResultFormat format, OutputStream out) throws IOException, InterruptedException {
        sql(sql, ResultLayout.of(format), out);
    }

    /**
     * Runs one SELECT and writes its rows.
     *
     * @throws QueryException with the service's one line
     */
    public void sql(String sql, ResultLayout layout, OutputStream out) throws IOException, InterruptedException {
        Map<String, String> parameters =
                Map.of("format", layout.format().name(), "width", Integer.toString(layout.width()));
        copy(request("/sql" + query(parameters)).POST(BodyPublishers.ofString(sql)), out);
    }

    /**
     * Asks a question and writes the answer.
     *
     * @return the exit code of its command
     * @throws QueryException with the service's one line
     */
    public int ask(Question question, QuestionParameters parameters, OutputStream out)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                copy(request("/" + question.name() + query(parameters.values())).GET(), out);
        return (int) answer.headers().firstValueAsLong(QueryService.EXIT_CODE).orElse(Question.ANSWERED);
    }

    /** Waits until the records before these offsets are rows; false when the time ran out. */
    public boolean await(Map<TopicPartition, Long> nextOffsets, Duration limit)
            throws IOException, InterruptedException {
        Map<String, Long> wanted = new LinkedHashMap<>();
        nextOffsets.forEach((partition, next) -> wanted.put(partition.toString(), next));
        HttpResponse<InputStream> answer = send(request("/await?millis=" + limit.toMillis())
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(wanted))));
        JsonNode done = JSON.readTree(answer.body());
        return done.path("done").asBoolean();
    }

    private HttpResponse<InputStream> copy(HttpRequest.Builder request, OutputStream out)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = answered(request);
        try (InputStream body = answer.body()) {
            byte[] block = new byte[BLOCK];
            for (int read = read(body, block); read >= 0; read = read(body, block)) {
                out.write(block, 0, read);
            }
        }
        out.flush();
        return answer;
    }

    private HttpResponse<InputStream> answered(HttpRequest.Builder request) throws InterruptedException {
        try {
            return send(request);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private int read(InputStream body, byte[] block) {
        try {
            return body.read(block);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private QueryException brokenOff(IOException e) {
        return new QueryException(name() + " closed the connection: it stopped or is restarting; try again", e);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() == OK) {
                return answer;
            }
            String why;
            try (InputStream body = answer.body()) {
                why = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (answer.statusCode() != BUSY || System.nanoTime() > deadline) {
                throw new QueryException(why);
            }
            TimeUnit.SECONDS.sleep(
                    answer.headers().firstValueAsLong("Retry-After").orElse(1));
        }
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(service.url() + pathAndQuery))
                .header("Authorization", "Bearer " + service.token());
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
