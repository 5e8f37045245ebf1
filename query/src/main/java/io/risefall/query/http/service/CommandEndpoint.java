package io.risefall.query.http.service;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /command}: runs a command for the launcher. The request is a form with an {@code argument} for each of the command
 * line, {@code columns} and {@code zone}. The answer is the standard output; headers have the exit code and what the command has
 * printed to standard error, as {@code printf %b} reads it. The status 422 says that the client has to run it itself.
 */
final class CommandEndpoint implements Route.Endpoint, AutoCloseable {
    static final int BODY_BYTES = 128 * 1024;

    private static final String MESSAGES = "Risefall-Messages";
    private static final int NOT_SERVED = 422;

    /** What is longer takes its time anyway, and would lie on the disk twice. */
    private static final long ANSWER_BYTES = 64L << 20;

    /** They wait for the queues of what they ask, so that there may be more of them. */
    private static final int AT_ONCE = 8;

    private static final int WAITING = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final WorkQueue queue = new WorkQueue("commands", AT_ONCE, WAITING, PATIENCE);
    private final ServedCommands commands;
    private final Path dataDir;

    CommandEndpoint(ServedCommands commands, Path dataDir) {
        this.commands = commands;
        this.dataDir = dataDir;
    }

    @Override
    public CompletionStage<Answer> answer(Request request) {
        ServedCommands.CommandLine line = line(request);
        UnderWay underWay = new UnderWay();
        CompletableFuture<Answer> answer = queue.submit(() -> run(line, underWay));
        request.abandoned().thenRun(() -> {
            underWay.breakOff();
            answer.cancel(false);
        });
        return answer;
    }

    private static ServedCommands.CommandLine line(Request request) {
        Map<String, List<String>> form = request.fields();
        return new ServedCommands.CommandLine(
                form.getOrDefault("argument", List.of()),
                form.getOrDefault("zone", List.of("")).get(0),
                Integer.parseInt(form.getOrDefault("columns", List.of("0")).get(0)));
    }

    private Answer run(ServedCommands.CommandLine line, UnderWay underWay) throws Exception {
        ServedCommands.Ended[] ended = new ServedCommands.Ended[1];
        underWay.begin();
        try {
            Answer answer = Answer.written("text/plain; charset=utf-8", dataDir, ANSWER_BYTES, out -> {
                ended[0] = commands.run(line, dataDir, out);
            });
            Answer coded = answer.with(QueryService.EXIT_CODE, Integer.toString(ended[0].exitCode()));
            return ended[0].messages().isEmpty() ? coded : coded.with(MESSAGES, escaped(ended[0].messages()));
        } catch (ServedCommands.NotServedException e) {
            return Answer.text(NOT_SERVED, String.valueOf(e.getMessage()));
        } finally {
            underWay.end();
        }
    }

    /** In one line of plain letters. */
    private static String escaped(String messages) {
        StringBuilder line = new StringBuilder();
        for (byte one : messages.getBytes(StandardCharsets.UTF_8)) {
            if (one > ' ' && one < 0x7f && one != '\\') {
                line.append((char) one);
            } else {
                line.append("\\0").append(Integer.toOctalString(0x200 | (one & 0xff)), 1, 4);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        queue.close();
    }

    /** A command that can be broken off while a thread of the queue runs it, and that thread by nothing else. */
    private static final class UnderWay {
        private @Nullable Thread thread;
        private boolean brokenOff;

        synchronized void begin() throws InterruptedException {
            if (brokenOff) {
                throw new InterruptedException();
            }
            thread = Thread.currentThread();
        }

        synchronized void breakOff() {
            brokenOff = true;
            if (thread != null) {
                thread.interrupt();
            }
        }

        synchronized void end() {
            thread = null;
            Thread.interrupted();
        }
    }
}
