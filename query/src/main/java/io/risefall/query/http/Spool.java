package io.risefall.query.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is written at full speed and sent at the client's: in memory while it is small, else in a file that has no
 * name any more, so that nothing is left of it however the process ends. One thread writes, then another one sends.
 */
public final class Spool extends OutputStream {
    private static final int IN_MEMORY = 256 * 1024;

    private final Path folder;
    private final long limit;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long size;

    /**
     * @param folder where the file is made
     * @param limit bytes; more is an {@link AnswerTooLongException}
     */
    public Spool(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
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
