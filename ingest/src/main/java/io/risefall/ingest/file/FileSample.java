package io.risefall.ingest.file;

import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.unknown.UnknownHeaderCounts;
import io.risefall.schemas.source.UnknownHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** A sample of a file before it is followed: its beginning and, unless it is compressed, its end. */
public final class FileSample {
    private static final int END = 1024 * 1024;

    private final LineReader reader;
    private final UnknownHeaderCounts tally = new UnknownHeaderCounts();

    private FileSample(LineReader reader) {
        this.reader = reader;
    }

    /**
     * The health sentences in it after unknown headers.
     *
     * @throws IOException if it cannot be read
     */
    public static UnknownHeaders unknownHeaders(FileSource source) throws IOException {
        Path path = source.path();
        if (!Files.isRegularFile(path)) {
            return UnknownHeaders.NONE;
        }
        try (OpenFile file = OpenFile.open(path)) {
            byte[] head = file.head(OpenFile.HEAD);
            Instant modified = file.modified();
            FileSample sample = new FileSample(new LineReader(source.context(source.name(), modified, head)));
            sample.read(head, 0, modified);
            if (file.compression() == null) {
                sample.read(end(path, head.length), -1, modified);
            }
            UnknownHeaders found = sample.tally.kept();
            return found == null ? UnknownHeaders.NONE : found;
        }
    }

    private static byte[] end(Path path, int head) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long from = Math.max(head, file.size() - END);
            ByteBuffer end = ByteBuffer.allocate((int) Math.max(0, Math.min(END, file.size() - from)));
            while (end.hasRemaining() && file.read(end, from + end.position()) > 0) {
                // To its end, unless it becomes shorter meanwhile.
            }
            byte[] bytes = new byte[end.position()];
            end.flip().get(bytes);
            return bytes;
        }
    }

    /** @param from where the first line begins; negative: after the first newline */
    private void read(byte[] bytes, int from, Instant at) {
        int begin = from;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (begin >= 0
                        && reader.read(bytes, begin, i, begin, at, null) instanceof LineOutcome.Unknown unknown) {
                    tally.count(unknown.header());
                }
                begin = i + 1;
            }
        }
    }
}
