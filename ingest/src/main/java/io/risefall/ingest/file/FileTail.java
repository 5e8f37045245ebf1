package io.risefall.ingest.file;

import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.line.ReaderState;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path as one endless source. It never sleeps: {@link #read} takes what is there and returns. One thread.
 *
 * <p>Rotation renames the file and creates a new one at the path. The old descriptor stays valid, so the old file is read to its
 * end before the new one is opened; {@link RotationWatch} decides when that is. Copytruncate copies the file and truncates
 * it: the rest is then read from the copy. After a restart {@link ReadOrder} finds the file that was read last, under
 * whatever name it has now, and the files that were rotated after it.
 *
 * <ul>
 *   <li><b>Half a line</b>, or half an entry of a journal, waits for its end. It counts as a line only when its file is
 *       finished (rotated, truncated).
 *   <li><b>Rotation by rename, deletion and re-creation, a link to another target</b>: nothing is lost.
 *   <li><b>Truncation</b>: seen by a smaller size, or by other bytes before the read position. Lost is what was
 *       written between the copy and the truncation: no file has it.
 *   <li><b>Start</b>: at the saved position. Lost is what was deleted, or renamed out of sight, while nothing was reading; the
 *       log says so. Without a saved position at the start of the file, after the files that were rotated since this was created,
 *       as Kafka can be away for long.
 *   <li><b>Content that was read under another name</b>, by an import or as another tail: continues where that stopped.
 *   <li><b>No file</b>, or one that another tail reads: waits.
 * </ul>
 *
 * <p>Positions grow over all files: the first byte of the next file follows the last one of the file before.
 */
public final class FileTail implements LineSource {
    private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);

    /** Small, because hundreds of files can be followed and each has its own. */
    private static final int BLOCK = 128 * 1024;

    /** A compressed file that ends too early may still be being written. */
    private static final Duration MAX_COMPRESSING = Duration.ofSeconds(30);
    /** A timestamp without a year means the year nearest to now; a process that runs for long must notice that it changes. */
    private static final Duration MAX_READER_AGE = Duration.ofDays(1);

    private final FileSource source;
    private final Path path;
    private final Clock clock;
    private final FileLines lines;
    private final ReadProgress progress;
    private final RotationWatch rotation;
    private final ReadOrder order;
    private final List<ReadPosition> finished = new ArrayList<>();

    private @Nullable OpenFile current;
    /** The open file is the one at the path, or was when it was opened, so it can grow. */
    private boolean growing;

    private ReaderState state = new ReaderState();
    private @Nullable LineReader reader;
    private Instant readerSince = Instant.EPOCH;
    private Instant lastModified = Instant.EPOCH;
    private @Nullable Instant damagedSince;
    private boolean atEnd;

    /**
     * @param longestLine bytes kept of one line
     * @param known what has been read under other names
     * @param readByAnother whether the file with this key is being read under another path
     */
    FileTail(FileSource source, int longestLine, Clock clock, KnownFiles known, Predicate<String> readByAnother) {
        this.source = source;
        this.path = source.path().toAbsolutePath().normalize();
        this.clock = clock;
        this.lines = new FileLines(BLOCK, longestLine);
        this.progress = new ReadProgress(source.how());
        this.rotation = new RotationWatch(path);
        this.order = new ReadOrder(source, path, known, readByAnother, rotation, this::giveUp);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public boolean atEnd() {
        return atEnd;
    }

    @Override
    public long offset() {
        return lines.offset();
    }

    @Override
    public String file() {
        return progress.delivered().toString();
    }

    @Override
    public List<ReadPosition> finishedFiles() {
        return List.copyOf(finished);
    }

    @Override
    public void published(long offset) {
        finished.clear();
    }

    @Override
    public ReaderState state() {
        return state;
    }

    Path path() {
        return path;
    }

    /** The file system's key of the open file; null if none is open. */
    @Nullable String key() {
        return current == null ? null : current.key();
    }

    /** Whether nothing has been at the path for {@code time}, and the old file is read and quiet. */
    boolean isGone(Duration time, Instant now) {
        return !order.hasPending() && rotation.isGone(time, now);
    }

    @Override
    public void rewind(@Nullable ReadPosition saved) throws IOException {
        close();
        state = ReaderState.of(saved);
        reader = null;
        finished.clear();
        rotation.reset();
        damagedSince = null;
        atEnd = false;
        if (saved == null) {
            order.restart();
            startAt(0);
            return;
        }
        FileFingerprint last = FileFingerprint.parse(saved.file());
        if (last == null || saved.offset() < last.base()) {
            order.restartAtPath();
            startAt(saved.offset());
            return;
        }
        progress.restore(last);
        lines.continueAt(saved.offset());
        if (saved.offset() == last.base()) {
            order.resumeAfter(saved.offset());
        } else {
            order.resumeWithin(last, saved.offset() - last.base());
        }
    }

    private void startAt(long position) {
        lines.continueAt(position);
        progress.startAt(position);
    }

    /** The file that was read last cannot be found any more; the next one follows. */
    private void giveUp() {
        finish(progress.delivered(), clock.instant());
        startAt(offset());
    }

    /** The file of {@code fingerprint} is finished, read as far as that covers; it is recognized if it is imported. */
    private void finish(FileFingerprint fingerprint, Instant now) {
        if (offset() > fingerprint.base()) {
            ReadPosition position = KnownFiles.finished(name(), fingerprint, offset(), now);
            finished.add(position);
            order.finished(position);
        }
    }

    @Override
    public boolean read(LineConsumer to) throws IOException {
        Instant now = clock.instant();
        OpenFile file = current == null ? openNext(now) : current;
        if (file == null) {
            atEnd = false;
            return order.hasPending();
        }
        long size = file.size();
        if (growing && progress.bytesRead() == 0 && size > 0 && order.isOvertaken(file)) {
            close();
            return true;
        }
        long inFile = progress.inFile(lines.readPosition());
        if (size >= 0 && (size < inFile || (size > inFile && !progress.stillMatches(file)))) {
            truncated(to, now);
            return true;
        }
        if (readBlock(file, now) > 0) {
            if (!progress.stillMatches(file)) {
                // Truncated and written again after its size was looked at: the bytes read are of the new content.
                lines.dropHalfLine();
                truncated(to, now);
                return true;
            }
            lines.deliver(to, readerFor(file, now), now);
            progress.advance(file, offset(), lines.readPosition());
            rotation.data(now);
            atEnd = false;
            return true;
        }
        if (!growing) {
            finish(file, to, now);
            return true;
        }
        return endReached(file, to, now);
    }

    /** No more bytes in a file that can grow: whether it was truncated or is finished. */
    private boolean endReached(OpenFile file, LineConsumer to, Instant now) throws IOException {
        FileAttributes atPath = FileAttributes.of(path);
        if (atPath != null && atPath.key().equals(file.key()) && isRewritten(file, atPath)) {
            truncated(to, now);
            return true;
        }
        RotationWatch.Finding finding = rotation.look(file.key(), atPath, lines.isIncomplete(), now);
        atEnd = finding == RotationWatch.Finding.UP_TO_DATE;
        if (finding == RotationWatch.Finding.FINISHED) {
            finish(file, to, now);
            return true;
        }
        return false;
    }

    /** Other content of the same length is not visible in the length. */
    private boolean isRewritten(OpenFile file, FileAttributes atPath) throws IOException {
        if (atPath.modified().equals(lastModified)) {
            return false;
        }
        lastModified = atPath.modified();
        return !progress.stillMatches(file);
    }

    /** Returns how many bytes were read; not more than 0 at the end of the file, and at damage that stays. */
    private int readBlock(OpenFile file, Instant now) throws IOException {
        try {
            return lines.read(file.stream());
        } catch (IOException e) {
            String damage =
                    file.compression() == null ? null : file.compression().damage(e);
            if (damage == null) {
                throw e;
            }
            long inFile = progress.inFile(offset());
            damagedSince = damagedSince == null ? now : damagedSince;
            if (now.isBefore(damagedSince.plus(MAX_COMPRESSING))) {
                order.addFirst(
                        new PendingFile(Objects.requireNonNull(file.path()), inFile, progress.delivered(), inFile));
                close();
                throw new IOException(
                        "a compressed file is " + damage + " after byte " + inFile
                                + " of its content; it may still be being written",
                        e);
            }
            LOG.warn(
                    "{} is {} after byte {} of its content; skipping the rest of the file",
                    file.path(),
                    damage,
                    inFile);
            damagedSince = null;
            lines.dropHalfLine();
            return -1;
        }
    }

    /** The open file is finished: half a line at its end is a line. */
    private void finish(OpenFile file, LineConsumer to, Instant now) throws IOException {
        lines.deliverRest(to, readerFor(file, now), now);
        finish(progress.at(file, offset()), now);
        close();
        rotation.finished();
        damagedSince = null;
        startAt(offset());
    }

    /** The open file was truncated: the rest of its copy comes next if there is one, then its new content. */
    private void truncated(LineConsumer to, Instant now) throws IOException {
        long inFile = progress.bytesRead();
        Path copy = inFile == 0 ? null : order.copyOf(progress.read(), inFile);
        if (copy != null) {
            LOG.info("{} was truncated; reading the rest of its copy {} from byte {} first", path, copy, inFile);
            close();
            order.addFirst(new PendingFile(copy, progress.inFile(offset()), progress.read(), inFile));
            return;
        }
        LOG.info("{} was truncated at or before byte {}; reading from its start", path, inFile);
        finish(progress.delivered(), now);
        if (reader != null) {
            lines.deliverRest(to, reader, now);
        }
        close();
        startAt(offset());
    }

    private @Nullable OpenFile openNext(Instant now) throws IOException {
        ReadOrder.Next next = order.open(now);
        if (next == null) {
            return null;
        }
        OpenFile file = next.file();
        try {
            start(file, next.from(), next.earlier());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        order.started(next);
        growing = next.atPath();
        current = file;
        reader = null;
        rotation.data(now);
        return file;
    }

    /** Begins to read {@code file} at {@code own}, or further on where {@code earlier} has read more of it. */
    private void start(OpenFile file, long own, @Nullable ReadPosition earlier) throws IOException {
        long from = own;
        if (earlier != null && KnownFiles.inFile(earlier) > from) {
            from = KnownFiles.inFile(earlier);
            LOG.info("{} was read up to byte {} as {}; continuing there", file.path(), from, earlier.source());
        }
        // If another source took half a line as its last line, the line end may have come since: that is no empty line.
        from += file.isAtLineEnd(from) ? 1 : 0;
        if (!file.skipTo(from)) {
            LOG.warn("{} is shorter than the {} bytes that were read of it", file.path(), from);
        }
        long base = offset() - own;
        lines.continueAt(base + from);
        progress.begin(file, base, own, from);
    }

    private LineReader readerFor(OpenFile file, Instant now) throws IOException {
        if (reader == null || now.isAfter(readerSince.plus(MAX_READER_AGE))) {
            Instant yearNear = reader == null ? file.modified() : now;
            reader = new LineReader(source.context(name(), yearNear, file.head(OpenFile.HEAD)), state);
            readerSince = now;
        }
        return reader;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
        lines.drop();
    }
}
