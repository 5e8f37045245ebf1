package io.risefall.ingest.network.stats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks HAProxy at its stats socket: a connection for each command, as HAProxy ends it after the answer. Thread-safe.
 *
 * @param patience how long a whole answer may take
 */
public record StatsClient(StatsAddress address, Duration patience) {
    /** So long an answer may take; of 100,000 servers it takes less than a second. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int BLOCK = 64 * 1024;

    private static final int MIB = 1024 * 1024;
    /** 100,000 servers have some 40 MB. More would take the memory of everything else. */
    private static final int LONGEST = 48 * MIB;
    /** It has some 100 lines. */
    private static final int LONGEST_INFO = 64 * 1024;

    /**
     * Asks one command.
     *
     * @throws io.risefall.ingest.failure.IngestException if there is no whole answer; the message says why
     */
    public String ask(String command) {
        return ask(command, LONGEST);
    }

    private String ask(String command, int longest) {
        try (StatsConnection connection = new StatsConnection(address, patience)) {
            long deadline = System.nanoTime() + patience.toNanos();
            connection.send(command);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            while (connection.read(block, deadline) >= 0) {
                if (answer.size() + block.position() > longest) {
                    throw new IOException("the answer is longer than "
                            + (longest < MIB ? longest / 1024 + " KiB" : longest / MIB + " MiB"));
                }
                answer.write(block.array(), 0, block.position());
                block.clear();
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StatsErrors.noAnswer(address, command, e);
        }
    }

    /** {@code show info}: which process answers. */
    public HaproxyProcess process() {
        String command = "show info";
        String answer = ask(command, LONGEST_INFO);
        return HaproxyProcess.of(answer).orElseThrow(() -> StatsErrors.notHaproxy(address, command, answer));
    }

    /** Which process answers, and what it tells of its servers. */
    public ToldServers servers() {
        String answer = ask(ToldServers.COMMAND);
        return ToldServers.of(answer).orElseThrow(() -> StatsErrors.notHaproxy(address, ToldServers.COMMAND, answer));
    }

    /** {@code show stat}: counters as CSV. */
    public String counters() {
        String command = "show stat";
        String answer = ask(command);
        if (!answer.startsWith(ToldServers.STAT)) {
            throw StatsErrors.notHaproxy(address, command, answer);
        }
        return answer;
    }
}
