package io.risefall.ingest.network.ring;

import io.risefall.ingest.network.Listener.Kept;
import io.risefall.ingest.network.stats.HaproxyProcess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which lines were the last that were read of a ring, kept on disk beside the journal. A ring that still has them when Risefall is back
 * has all that came since; one of another process, or one that has none of them left, may have lost some. Written in place at most
 * once a second, so after a kill it can name lines of a second ago: that makes it say less, and never too much. Thread-safe.
 */
final class RingMark implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RingMark.class);

    private static final String FILE = "last-read";
    /** Process, its begin in seconds, and the hashes of the lines. */
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,12})((?: [0-9a-f]{1,16}){0,9}) *\n");

    private static final int LENGTH = 160;
    /** HAProxy rounds its age, and the two are not asked in one moment. */
    private static final long SAME_SECONDS = 3;

    private static final long EVERY_NANOS = 1_000_000_000;

    private final Path file;
    private final Clock clock;
    private @Nullable FileChannel channel;
    private @Nullable Mark before;
    private @Nullable Mark written;
    private long writtenAt;
    private boolean begun;
    private boolean failing;
    private volatile Kept kept = Kept.NOT_KNOWN_YET;

    private record Mark(long pid, long since, List<Long> lines) {
        boolean isOf(Mark process) {
            return pid == process.pid && Math.abs(since - process.since) <= SAME_SECONDS;
        }
    }

    /** @param directory of the journal */
    RingMark(Path directory, Clock clock) {
        file = directory.resolve(FILE);
        this.clock = clock;
    }

    Kept kept() {
        return kept;
    }

    /** The ring of this process is going to be read. Only the first one can be that of before. */
    synchronized void begin(HaproxyProcess process) {
        if (!begun) {
            begun = true;
            before = read();
        }
        if (kept == Kept.NOT_KNOWN_YET
                && (before == null || !before.isOf(new Mark(process.pid(), since(process), List.of())))) {
            kept = Kept.NOT_ALL;
        }
    }

    /** After each line, while it is not known. */
    synchronized void compare(List<Long> last) {
        if (kept == Kept.NOT_KNOWN_YET
                && before != null
                && !before.lines.isEmpty()
                && before.lines.equals(last.subList(Math.max(0, last.size() - before.lines.size()), last.size()))) {
            kept = Kept.ALL;
        }
    }

    /**
     * All that the ring had is read.
     *
     * @param empty whether it had nothing
     */
    synchronized void end(boolean empty) {
        if (kept == Kept.NOT_KNOWN_YET) {
            kept = empty && before != null && before.lines.isEmpty() ? Kept.ALL : Kept.NOT_ALL;
        }
    }

    /** There is no ring to read. */
    synchronized void refuse() {
        if (kept == Kept.NOT_KNOWN_YET) {
            kept = Kept.NOT_ALL;
        }
    }

    /**
     * These were the last lines; the journal has them.
     *
     * @param since when the process began, as {@link #since} said
     */
    synchronized void save(long pid, long since, List<Long> last) {
        long now = System.nanoTime();
        Mark mark = new Mark(pid, since, last);
        if (written != null && (now - writtenAt < EVERY_NANOS || written.equals(mark))) {
            return;
        }
        try {
            write(mark);
            written = mark;
            writtenAt = now;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "cannot write {}: {}; after a restart the ring may count as one that lost lines",
                        file,
                        e.toString());
            }
        }
    }

    /** In which second a process that has just been asked began. */
    long since(HaproxyProcess process) {
        return clock.instant().minus(process.uptime()).getEpochSecond();
    }

    private @Nullable Mark read() {
        try {
            Matcher matcher =
                    LINE.matcher(Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
            if (!matcher.matches()) {
                return null;
            }
            List<Long> lines = new ArrayList<>();
            for (String hash : matcher.group(3).strip().split(" ")) {
                if (!hash.isEmpty()) {
                    lines.add(Long.parseUnsignedLong(hash, 16));
                }
            }
            return new Mark(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), lines);
        } catch (IOException e) {
            LOG.warn("cannot read {}: {}", file, e.toString());
            return null;
        }
    }

    private void write(Mark mark) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        StringBuilder text = new StringBuilder().append(mark.pid).append(' ').append(mark.since);
        mark.lines.forEach(hash -> text.append(' ').append(Long.toHexString(hash)));
        String line = ("%-" + (LENGTH - 1) + "s\n").formatted(text);
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)), 0);
    }

    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            LOG.warn("cannot close {}: {}", file, e.toString());
        }
    }
}
