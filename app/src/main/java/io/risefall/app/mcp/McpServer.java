package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on two streams, one per line. A thread reads, so that a request can be cancelled and a ping be answered while
 * another request is worked on; a second one answers requests in their order. {@link #run} once.
 */
final class McpServer {
    private static final Logger LOG = LoggerFactory.getLogger("risefall");

    /** A client that sends more before it has read answers has to wait. */
    private static final int MOST_WAITING = 64;

    private final McpProtocol protocol;
    private final MessageLines in;
    private final PrintStream out;
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Map<JsonNode, FutureTask<?>> asked = new ConcurrentHashMap<>();
    private final ExecutorService answering = Executors.newSingleThreadExecutor(task -> daemon(task, "mcp"));

    /** @param out gets messages of the protocol, and nothing else */
    McpServer(McpProtocol protocol, InputStream in, PrintStream out) {
        this.protocol = protocol;
        this.in = new MessageLines(in);
        this.out = out;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns when the client has closed its stream and has its answers, or has gone. */
    void run() throws InterruptedException, IOException {
        CompletableFuture<Void> read = new CompletableFuture<>();
        // Not this thread: nothing wakes one that reads standard input.
        daemon(() -> read(read), "mcp-reader").start();
        try {
            read.get();
            answering.shutdown();
            answering.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException("cannot read standard input", e.getCause());
        } finally {
            answering.shutdownNow();
        }
    }

    private void read(CompletableFuture<Void> done) {
        try {
            while (!out.checkError() && next()) {
                // each has been passed on
            }
            done.complete(null);
        } catch (IOException | InterruptedException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private boolean next() throws IOException, InterruptedException {
        try {
            byte @Nullable [] line = in.next();
            if (line == null) {
                return false;
            }
            if (!new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
                RpcMessage message = RpcMessage.read(line);
                if (message != null) {
                    pass(message);
                }
            }
        } catch (RpcException e) {
            send(error(null, e));
        }
        return true;
    }

    private void pass(RpcMessage message) throws InterruptedException {
        JsonNode id = message.id();
        if (id == null) {
            if (message.method().equals("notifications/cancelled")) {
                cancel(message.params().path("requestId"));
            }
        } else if (message.method().equals("ping")) {
            send(answered(id, message));
        } else if (asked.containsKey(id)) {
            send(error(
                    id, new RpcException(RpcException.INVALID_REQUEST, "a request with this id is not answered yet")));
        } else {
            room.acquire();
            FutureTask<?> task = new FutureTask<>(() -> work(id, message), null);
            asked.put(id, task);
            answering.execute(task);
        }
    }

    private void cancel(JsonNode id) {
        FutureTask<?> task = asked.remove(id);
        if (task != null) {
            task.cancel(true);
            room.release();
        }
    }

    private void work(JsonNode id, RpcMessage message) {
        ObjectNode answer = answered(id, message);
        // Whoever takes it out, an answer or a cancellation, was first.
        if (asked.remove(id) != null) {
            room.release();
            send(answer);
        }
    }

    private ObjectNode answered(JsonNode id, RpcMessage message) {
        try {
            ObjectNode answer = envelope(id);
            answer.set("result", protocol.answer(message));
            return answer;
        } catch (RpcException e) {
            return error(id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(id, new RpcException(RpcException.INTERNAL_ERROR, "stopped"));
        } catch (RuntimeException e) {
            LOG.error("a request failed", e);
            return error(id, new RpcException(RpcException.INTERNAL_ERROR, "internal error; the log has more"));
        }
    }

    private static ObjectNode envelope(@Nullable JsonNode id) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        if (id != null) {
            message.set("id", id);
        }
        return message;
    }

    private static ObjectNode error(@Nullable JsonNode id, RpcException e) {
        ObjectNode message = envelope(id);
        ObjectNode error = message.putObject("error").put("code", e.code()).put("message", e.getMessage());
        if (e.data() != null) {
            error.set("data", e.data());
        }
        return message;
    }

    private void send(ObjectNode message) {
        byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(line, 0, line.length);
            out.flush();
        }
    }
}
