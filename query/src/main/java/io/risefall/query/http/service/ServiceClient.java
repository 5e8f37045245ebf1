package io.risefall.query.http.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** Asks the {@link QueryService} of another process on this machine. One thread; interrupting it breaks the request off. */
public final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ZERO;
    private static final int OK = 200;
    private static final int BUSY = 503;
    private static final byte[] NO_BODY = {};

    /** How long a service is asked again that says that it is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int BLOCK = 64 * 1024;

    private final ServiceFile service;
    private final URI address;

    private ServiceClient(ServiceFile service) {
        this.service = service;
        address = URI.create(service.url());
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
        try (ServiceConnection connection = new ServiceConnection(client.address, CONNECT)) {
            int status = connection
                    .ask(client.head("GET", "/status"), NO_BODY, CONNECT)
                    .status();
            if (status == BUSY) {
                throw new ServiceBusyException(client.name() + " is busy; try again");
            }
            return status == OK ? Optional.of(client) : Optional.empty();
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (ClosedByInterruptException e) {
            throw interrupted();
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

    /** As below, without parameters, as wide as it is. */
    public void sql(String sql, ResultFormat format, OutputStream out) throws IOException, InterruptedException {
        sql(SqlText.of(sql), ResultLayout.of(format), out);
    }

    /**
     * Runs one SELECT and writes its rows.
     *
     * @throws QueryException with the service's one line
     */
    public void sql(SqlText sql, ResultLayout layout, OutputStream out) throws IOException, InterruptedException {
        Map<String, String> parameters = new TreeMap<>();
        sql.parameters().forEach((name, value) -> parameters.put(QueryService.SQL_PARAMETER + name, value));
        parameters.put("format", layout.format().name());
        parameters.put("width", Integer.toString(layout.width()));
        parameters.put("rows", Integer.toString(layout.most()));
        ask(head("POST", "/sql" + query(parameters)), sql.text().getBytes(StandardCharsets.UTF_8), out);
    }

    /**
     * Asks a question and writes the answer.
     *
     * @return the exit code of its command
     * @throws QueryException with the service's one line
     */
    public int ask(Question question, QuestionParameters parameters, OutputStream out)
            throws IOException, InterruptedException {
        ServiceConnection.Reply reply =
                ask(head("GET", "/" + question.name() + query(parameters.values())), NO_BODY, out);
        return (int) reply.number(QueryService.EXIT_CODE, Question.ANSWERED);
    }

    /**
     * Has test messages sent to the channels of a route, and writes what became of them.
     *
     * @return the exit code of the command
     * @throws QueryException with the service's one line, as where it has no such route
     */
    public int testRoute(String route, OutputStream out) throws IOException, InterruptedException {
        Map<String, String> parameters = Map.of(RouteTrials.ROUTE, route);
        return (int) ask(head("POST", RouteTrials.PATH + query(parameters)), NO_BODY, out)
                .number(QueryService.EXIT_CODE, Question.ANSWERED);
    }

    /** Waits until the records before these offsets are rows; false when the time ran out. */
    public boolean await(Map<TopicPartition, Long> nextOffsets, Duration limit)
            throws IOException, InterruptedException {
        Map<String, Long> wanted = new LinkedHashMap<>();
        nextOffsets.forEach((partition, next) -> wanted.put(partition.toString(), next));
        // Made only here: for a query, making it would take longer than the answer.
        ObjectMapper json = new ObjectMapper();
        return send(
                head("POST", "/await?millis=" + limit.toMillis()),
                json.writeValueAsBytes(wanted),
                reply -> json.readTree(reply.body()).path("done").asBoolean());
    }

    private ServiceConnection.Reply ask(String head, byte[] body, OutputStream out)
            throws IOException, InterruptedException {
        try {
            return send(head, body, reply -> copy(reply, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            throw new QueryException(name() + " closed the connection: it stopped or is restarting; try again", e);
        }
    }

    /** What goes wrong with {@code out} is unchecked, to be told from what goes wrong with the connection. */
    private static ServiceConnection.Reply copy(ServiceConnection.Reply reply, OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = reply.body().read(block); read >= 0; read = reply.body().read(block)) {
            try {
                out.write(block, 0, read);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return reply;
    }

    private interface Answered<T> {
        T read(ServiceConnection.Reply reply) throws IOException;
    }

    private <T> T send(String head, byte[] body, Answered<T> answered) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long waitSeconds;
            try (ServiceConnection connection = new ServiceConnection(address, CONNECT)) {
                ServiceConnection.Reply reply = connection.ask(head, body, AS_LONG_AS_IT_TAKES);
                if (reply.status() == OK) {
                    return answered.read(reply);
                }
                String why = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
                if (reply.status() != BUSY || System.nanoTime() > deadline) {
                    throw new QueryException(why);
                }
                waitSeconds = reply.number("Retry-After", 1);
            } catch (ClosedByInterruptException e) {
                throw interrupted();
            }
            TimeUnit.SECONDS.sleep(waitSeconds);
        }
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private String head(String method, String pathAndQuery) {
        return method + " " + pathAndQuery + " HTTP/1.1\r\nHost: " + address.getRawAuthority()
                + "\r\nAuthorization: Bearer " + service.token() + "\r\n";
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }
}
