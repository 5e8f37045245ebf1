package io.risefall.app.truth.haproxy;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What a program prints as {@code docker logs --timestamps} shows it: each line behind the time at which it was read. The
 * words of HAProxy's master stand only here. Safe for use by several threads.
 */
final class OutputCapture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final OutputStream out;
    private int open;
    private long lines;

    OutputCapture(Path file) throws IOException {
        this.file = file;
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    Path file() {
        return file;
    }

    /** Reads what a process prints until it ends. */
    synchronized void read(Process process) {
        open++;
        Thread thread = new Thread(() -> readAll(process), "output capture");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll(Process process) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                write(line);
            }
        } catch (IOException e) {
            // ended
        }
        ended();
    }

    private synchronized void write(String line) {
        try {
            out.write((STAMP.format(Instant.now()) + " " + line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void ended() {
        open--;
    }

    /** Returns when all that processes which have ended printed is in the file. */
    void untilOpen(int processes) {
        await().atMost(PATIENCE).until(() -> open() <= processes);
    }

    private synchronized int open() {
        return open;
    }

    /** How many lines there are. */
    synchronized long lines() {
        return lines;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
