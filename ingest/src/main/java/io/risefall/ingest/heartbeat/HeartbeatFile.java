package io.risefall.ingest.heartbeat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds when a source was last listened to: one short line, written in place, so that a kill leaves the
 * old line or the new one. Not forced to disk: after a power failure it can be some seconds old, which makes an absence
 * longer and never hides one. Not thread-safe.
 */
final class HeartbeatFile implements Closeable {
    /** How listening ended. */
    enum End {
        /** It has not. A process that was killed leaves this too. */
        NONE(""),
        STOPPED("stopped"),
        INPUT_ENDED("ended"),
        /** It is of a backup, and what came of it since is not known here. */
        RESTORED("restored");

        private final String text;

        End(String text) {
            this.text = text;
        }

        private static @Nullable End of(String text) {
            for (End end : values()) {
                if (end.text.equals(text)) {
                    return end;
                }
            }
            return null;
        }
    }

    /** The record of an earlier process. */
    record Last(Instant at, End end) {}

    /** Length of every line, so that one overwrites another. */
    private static final int LENGTH = 40;

    private final Path file;
    private @Nullable FileChannel channel;

    HeartbeatFile(Path file) {
        this.file = file;
    }

    /** Null if there is none, or if it cannot be read. */
    @Nullable Last read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        String[] fields =
                Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" +");
        try {
            End end = End.of(fields.length > 1 ? fields[1] : "");
            return end == null ? null : new Last(Instant.parse(fields[0]), end);
        } catch (DateTimeException e) {
            return null;
        }
    }

    void write(Instant at, End end) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        String line = "%-" + (LENGTH - 1) + "s\n";
        byte[] bytes = line.formatted(at + " " + end.text).getBytes(StandardCharsets.ISO_8859_1);
        channel.write(ByteBuffer.wrap(bytes), 0);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
