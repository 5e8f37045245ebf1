package io.risefall.query.http;

import io.risefall.query.file.DiskRoom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is written at full speed and sent at the client's: in memory while it is small, else in a file that has no
 * name any more, so that nothing is left of it however the process ends. One thread writes, then another one sends.
 */
public final class Spool extends OutputStream {
    private static final int IN_MEMORY = 256 * 1024;

    /** Answers that nobody takes must not stop Kafka, journals and the warehouse, which are on the same disk. */
    private static final long LEAST_FREE = 512L << 20;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

    /** How many bytes can still be written. */
    interface Room {
        long bytes() throws IOException;
    }

    private final Path folder;
    private final long limit;
    private final Room room;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long size;

    /**
     * @param folder where the file is made; a {@link BusyException} says that its disk has too little room
     * @param limit bytes; more is an {@link AnswerTooLongException}
     */
    public Spool(Path folder, long limit) {
        this(folder, limit, () -> DiskRoom.bytes(folder));
    }

    Spool(Path folder, long limit, Room room) {
        this.folder = folder;
        this.limit = limit;
        this.room = room;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (size > limit) {
            throw new AnswerTooLongException(limit);
        }
        memory.write(bytes, offset, length);
        if (memory.size() > IN_MEMORY) {
            spill();
        }
    }

    private void spill() throws IOException {
        if (room.bytes() < LEAST_FREE) {
            throw new BusyException(
                    "the disk of " + folder + " has less than " + (LEAST_FREE >> 20)
                            + " MiB left: select less, or try again when longer answers are taken",
                    RETRY_AFTER);
        }
        if (file == null) {
            Path path = Files.createTempFile(folder, "answer", ".tmp");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
        }
        ByteBuffer bytes = ByteBuffer.wrap(memory.toByteArray());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        memory = new ByteArrayOutputStream();
    }

    /** Everything is written: makes it ready to be sent. */
    void finish() throws IOException {
        if (file != null) {
            spill();
            file.position(0);
        }
    }

    /** What was written, where it is in no file. */
    byte[] bytes() {
        return memory.toByteArray();
    }

    /** What was written, where it is too long for memory; null where it is not. */
    @Nullable FileChannel file() {
        return file;
    }

    long size() {
        return size;
    }

    /** Throws it away. */
    public void discard() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot close a file that was only read", e);
            }
        }
    }
}
