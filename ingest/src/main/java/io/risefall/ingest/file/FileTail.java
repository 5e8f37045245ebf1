package io.risefall.ingest.file;

import io.risefall.ingest.file.OpenFile.Seen;
import io.risefall.ingest.file.RotatedFiles.Rotated;
import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.line.ReaderState;
import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.entry.EntryJoiner;
import io.risefall.schemas.source.NodeTime;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path as one endless source. It never sleeps: {@link #read} takes what is there and returns. One thread.
 *
 * <ul>
 *   <li><b>Half a line</b>, or half an entry of a journal, waits for its end. Only when its file is over (rotated, truncated) it counts as a line.
 *   <li><b>Rotation by rename, deletion and re-creation, a link to another target</b>: the old descriptor is read until
 *       the new file has content and the old one has been quiet for a second, because the writer learns of the rotation
 *       late; for ten with half a line. A writer that goes on writing to the old file for more than 30 s is left.
 *   <li><b>Truncation</b> (copytruncate): seen by a smaller size or by other bytes before the place read. The copy is
 *       looked for among the rotated files, and its rest and the files after it are read first. Lost is what was written
 *       between the copy and the truncation: nobody has it.
 *   <li><b>Start</b>: at the saved position. If the file there is another one, the one read before is looked for among
 *       the rotated files by its content; its rest and the files between are read first. Lost is what was rotated away
 *       and deleted or renamed out of sight meanwhile; the log says so. Without a saved position at the file's start,
 *       and before it those that were rotated away since this was made, as Kafka can be away for long.
 *   <li><b>Read before under another name</b>, by an import or as another tail: goes on where that stopped.
 *   <li><b>No file</b>, or one that another tail reads: waits.
 * </ul>
 *
 * <p>Positions count on over all files: the first byte of the next file follows the last one of the file before.
 */
public final class FileTail implements LineSource {
    private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);

    /** Small, because hundreds of files can be followed and each has its own. */
    private static final int BLOCK = 128 * 1024;

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration QUIET_IN_A_LINE = Duration.ofSeconds(10);
    private static final Duration OLD_AT_MOST = Duration.ofSeconds(30);
    /** Between rename and creation the path is missing for a moment; longer, and the log is gone. */
    private static final Duration MISSING_AT_MOST = Duration.ofSeconds(10);
    /** A packed file that ends too early may be just being written. */
    private static final Duration PACKING_AT_MOST = Duration.ofSeconds(30);
    /** A file can be renamed again and again while it is looked for; it does not go on for ever. */
    private static final int LOOKS = 10;
    /** The year nearest to now changes; the reader of a process that lives long must notice. */
    private static final Duration READER_AT_MOST = Duration.ofDays(1);

    /**
     * A file that must be read before the path from its start.
     *
     * @param path its name when that was seen
     * @param from where its unread part begins
     * @param is what it is, whatever its name is now
     * @param told how many of its bytes that covers
     */
    private record Part(Path path, long from, FileFingerprint is, long told) {
        static Part whole(Rotated file) {
            return new Part(file.path(), 0, file.beginning(), file.beginning().headLength());
        }
    }

    private final FileSource source;
    private final Path path;
    private final Clock clock;
    private final KnownFiles known;
    private final Predicate<String> readByAnother;
    private final LineSplitter cutter;
    private final EntryJoiner entries = new EntryJoiner(true);
    private final RotatedFiles rotated;
    private final Set<String> rotatedBefore;
    private final Deque<Part> before = new ArrayDeque<>();
    private final List<ReadPosition> left = new ArrayList<>();

    private @Nullable ReadPosition unplanned;
    private @Nullable ReadPosition lastLeft;
    private @Nullable OpenFile current;
    private boolean followed;
    private long base;
    private FileFingerprint mark;
    /** As {@link #mark}, with the half line that was read and not handed over; in memory only. */
    private FileFingerprint seen;

    private long seenTo;
    private ReaderState memory = new ReaderState();
    private @Nullable LineReader reader;
    private Instant readerSince = Instant.EPOCH;
    private Instant dataAt = Instant.EPOCH;
    private Instant changedAt = Instant.EPOCH;
    private @Nullable Instant rotatedAt;
    private @Nullable Instant missingSince;
    /** Whether nothing has been read of this path ever. */
    private boolean neverRead;

    private @Nullable Instant damagedSince;
    private boolean waitsForAnother;
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
        this.known = known;
        this.readByAnother = readByAnother;
        this.cutter = new LineSplitter(BLOCK, longestLine);
        this.mark = FileFingerprint.atStart(0, source.how());
        this.seen = mark;
        this.rotated = new RotatedFiles(path);
        this.rotatedBefore = contents(rotated);
    }

    private static Set<String> contents(RotatedFiles rotated) {
        try {
            return rotated.contents();
        } catch (IOException e) {
            LOG.info("cannot look for rotated files: {}", e.toString());
            return Set.of();
        }
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
        return entries.heldFrom() < 0 ? cutter.position() : entries.heldFrom();
    }

    @Override
    public String file() {
        return mark.toString();
    }

    @Override
    public List<ReadPosition> leftFiles() {
        return List.copyOf(left);
    }

    @Override
    public void published(long offset) {
        left.clear();
    }

    Path path() {
        return path;
    }

    /** The file system's name of the file that is open; null while none is. */
    @Nullable String key() {
        return current == null ? null : current.key();
    }

    /** Whether nothing is at the path and nothing has come of the old file for so long. */
    boolean isGone(Duration so, Instant now) {
        return before.isEmpty()
                && missingSince != null
                && !now.isBefore(missingSince.plus(so))
                && !now.isBefore(dataAt.plus(so));
    }

    @Override
    public Map<String, NodeTime> times() {
        return memory.times().all();
    }

    @Override
    public List<ProcessLevel> levels() {
        return memory.levels().all();
    }

    @Override
    public void rewind(@Nullable ReadPosition saved) throws IOException {
        close();
        memory = ReaderState.of(saved);
        reader = null;
        before.clear();
        left.clear();
        unplanned = null;
        rotatedAt = null;
        missingSince = null;
        damagedSince = null;
        atEnd = false;
        lastLeft = null;
        neverRead = saved == null;
        FileFingerprint last = saved == null ? null : FileFingerprint.parse(saved.file());
        if (saved == null || last == null || saved.offset() < last.base()) {
            startAnew(saved == null ? 0 : saved.offset());
            return;
        }
        mark = last;
        base = last.base();
        cutter.reset(saved.offset());
        if (saved.offset() == base) {
            lastLeft = known.lastLeft(name(), base);
        } else if (!plan()) {
            unplanned = saved;
        }
    }

    /** Finds the file that was being read; false where nothing is: a disk may not be there yet. */
    private boolean plan() throws IOException {
        long inFile = offset() - base;
        if (isFileOf(path, mark, inFile)) {
            before.add(new Part(path, inFile, mark, inFile));
            return true;
        }
        Path old = rotated.find(mark, inFile);
        if (old != null) {
            LOG.info("{} was rotated to {} meanwhile; reading its rest from byte {} first", path, old, inFile);
            before.add(new Part(old, inFile, mark, inFile));
            return true;
        }
        if (!Files.exists(path)) {
            return false;
        }
        LOG.warn(
                "{} is not the file that was read up to byte {}, and no rotated file beside it is: lines after"
                        + " that byte may be lost; reading from its start",
                path,
                inFile);
        remember(mark, clock.instant());
        startAnew(offset());
        return true;
    }

    private void startAnew(long position) {
        base = position;
        cutter.reset(position);
        mark = FileFingerprint.atStart(position, source.how());
    }

    /** The file of {@code of} is left for good, read as far as that says: known again if it is imported. */
    private void remember(FileFingerprint of, Instant now) {
        if (offset() > of.base()) {
            lastLeft = KnownFiles.left(name(), of, offset(), now);
            left.add(lastLeft);
        }
    }

    private static boolean isFileOf(Path path, FileFingerprint mark, long inFile) throws IOException {
        try (OpenFile file = OpenFile.open(path)) {
            return file.isFileOf(mark, inFile);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public boolean read(LineConsumer lines) throws IOException {
        Instant now = clock.instant();
        OpenFile file = current == null ? openNext(now) : current;
        if (file == null) {
            atEnd = false;
            return !before.isEmpty();
        }
        long size = file.size();
        long inFile = cutter.readPosition() - base;
        if (followed && seenTo == base && size > 0 && lastLeft != null && isMoreBefore(file)) {
            close();
            return true;
        }
        if (size >= 0 && (size < inFile || (size > inFile && !isStillItself(file)))) {
            truncated(lines, now);
            return true;
        }
        if (readBlock(file, now) > 0) {
            if (!isStillItself(file)) {
                // Truncated and written again between the look and the reading: what was read is of the new content.
                cutter.reset(cutter.position());
                truncated(lines, now);
                return true;
            }
            LineReader with = readerOf(file, now);
            cutter.cut((b, from, to, at, cut) -> entries.line(lines, with, b, from, to, at, now, null, cut));
            mark = file.mark(base, source.how(), offset() - base);
            seenTo = cutter.readPosition();
            seen = seenTo == offset() ? mark : file.mark(base, source.how(), seenTo - base);
            dataAt = now;
            atEnd = false;
            return true;
        }
        if (!followed) {
            leave(lines, now);
            return true;
        }
        Seen seen = OpenFile.look(path);
        if (seen != null && seen.key().equals(file.key()) && isRewritten(file, seen)) {
            truncated(lines, now);
            return true;
        }
        return isOver(file, seen, now) && leave(lines, now);
    }

    private boolean isStillItself(OpenFile file) throws IOException {
        return file.stillEndsLike(seen, seenTo - base);
    }

    /** Another content of the same length is not seen by the length. */
    private boolean isRewritten(OpenFile file, Seen seen) throws IOException {
        if (seen.modified().equals(changedAt)) {
            return false;
        }
        changedAt = seen.modified();
        return !isStillItself(file);
    }

    private int readBlock(OpenFile file, Instant now) throws IOException {
        try {
            return cutter.read(file.stream());
        } catch (IOException e) {
            String how = file.packing() == null ? null : file.packing().damage(e);
            if (how == null) {
                throw e;
            }
            long inFile = offset() - base;
            damagedSince = damagedSince == null ? now : damagedSince;
            if (now.isBefore(damagedSince.plus(PACKING_AT_MOST))) {
                before.addFirst(new Part(Objects.requireNonNull(file.path()), inFile, mark, inFile));
                close();
                throw new IOException(
                        "a packed file is " + how + " behind byte " + inFile
                                + " of its content; it may be just being written",
                        e);
            }
            LOG.warn("{} is {} behind byte {} of its content; going on without the rest", file.path(), how, inFile);
            damagedSince = null;
            cutter.reset(cutter.position());
            return -1;
        }
    }

    /** At the end of what is there: whether the path is another file now, and this one is not written any more. */
    private boolean isOver(OpenFile file, @Nullable Seen seen, Instant now) {
        if (seen == null) {
            missingSince = missingSince == null ? now : missingSince;
            atEnd = now.isBefore(missingSince.plus(MISSING_AT_MOST));
            return false;
        }
        missingSince = null;
        if (seen.key().equals(file.key())) {
            atEnd = true;
            rotatedAt = null;
            return false;
        }
        if (rotatedAt == null) {
            rotatedAt = now;
            LOG.debug("{} is a new file; reading the old one until it is quiet", path);
        }
        boolean content = seen.bytes() > 0;
        atEnd = !content;
        Instant quietSince = dataAt.isAfter(rotatedAt) ? dataAt : rotatedAt;
        Duration quiet = cutter.readPosition() > offset() ? QUIET_IN_A_LINE : QUIET;
        if (content && !now.isBefore(quietSince.plus(quiet))) {
            return true;
        }
        if (content && now.isAfter(rotatedAt.plus(OLD_AT_MOST))) {
            LOG.warn(
                    "the file that was {} is still written {} s after its rotation; leaving it",
                    path,
                    OLD_AT_MOST.toSeconds());
            return true;
        }
        return false;
    }

    private boolean leave(LineConsumer lines, Instant now) throws IOException {
        OpenFile file = Objects.requireNonNull(current);
        LineReader with = readerOf(file, now);
        cutter.cutLast((b, from, to, at, cut) -> entries.line(lines, with, b, from, to, at, now, null, cut));
        entries.end(lines);
        remember(file.mark(base, source.how(), offset() - base), now);
        close();
        rotatedAt = null;
        damagedSince = null;
        startAnew(offset());
        return true;
    }

    private void truncated(LineConsumer lines, Instant now) throws IOException {
        long inFile = seenTo - base;
        Path copy = inFile == 0 ? null : rotated.find(seen, inFile);
        if (copy != null) {
            LOG.info("{} was truncated; reading the rest of its copy {} from byte {} first", path, copy, inFile);
            close();
            before.addFirst(new Part(copy, offset() - base, seen, inFile));
            return;
        }
        LOG.info("{} was truncated at or before byte {}; reading from its start", path, inFile);
        remember(mark, now);
        if (reader != null) {
            LineReader with = reader;
            cutter.cutLast((b, from, to, at, cut) -> entries.line(lines, with, b, from, to, at, now, null, cut));
            entries.end(lines);
        }
        close();
        startAnew(offset());
    }

    private @Nullable OpenFile openNext(Instant now) throws IOException {
        if (unplanned != null) {
            if (!plan()) {
                missing(now);
                return null;
            }
            unplanned = null;
        }
        OpenFile file = null;
        for (int look = 0; !before.isEmpty() && file == null && look < LOOKS; look++) {
            file = openPart(before.peek());
        }
        if (before.isEmpty() && file == null) {
            file = openPath(now);
        }
        if (file != null) {
            current = file;
            reader = null;
            dataAt = now;
        }
        return file;
    }

    /** Null where nothing is, and where another tail reads it. */
    private @Nullable OpenFile openPath(Instant now) throws IOException {
        OpenFile file;
        try {
            file = OpenFile.open(path);
        } catch (NoSuchFileException e) {
            missing(now);
            return null;
        }
        missingSince = null;
        try {
            if (neverRead) {
                neverRead = false;
                rotated.except(rotatedBefore).forEach(part -> before.add(Part.whole(part)));
            }
            if (before.isEmpty() && !isReadByAnother(file)) {
                start(file, 0, known.furthestOfOthers(file, source.how(), name()));
                followed = true;
                return file;
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        return null;
    }

    /** Null where it has another name now; it is looked for. */
    private @Nullable OpenFile openPart(Part part) throws IOException {
        OpenFile file;
        try {
            file = OpenFile.open(part.path());
        } catch (NoSuchFileException e) {
            findAgain(part);
            return null;
        }
        try {
            if (file.isFileOf(part.is(), part.told())) {
                followed = part.path().equals(path);
                start(
                        file,
                        part.from(),
                        followed
                                ? known.furthestOfOthers(file, source.how(), name())
                                : known.surelyFurthest(file, source.how()));
                before.remove();
                return file;
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        findAgain(part);
        return null;
    }

    private void missing(Instant now) {
        missingSince = missingSince == null ? now : missingSince;
    }

    /** Before the first byte at the path is read: whether others were rotated since the last file was left. */
    private boolean isMoreBefore(OpenFile file) throws IOException {
        ReadPosition last = Objects.requireNonNull(lastLeft);
        lastLeft = null;
        Path old = rotated.find(KnownFiles.mark(last), KnownFiles.inFile(last));
        List<Rotated> next = old == null ? List.of() : rotated.after(old);
        for (Rotated one : next) {
            String key = OpenFile.keyOf(one.path());
            if (key != null && !key.equals(file.key())) {
                next.forEach(part -> before.add(Part.whole(part)));
                return true;
            }
        }
        return false;
    }

    private boolean isReadByAnother(OpenFile file) {
        boolean another = file.key() != null && readByAnother.test(file.key());
        if (another && !waitsForAnother) {
            LOG.info("{} is a file that is read under another name; it is read once", path);
        }
        waitsForAnother = another;
        return another;
    }

    /** Begins to read {@code file} at {@code told}, or further on where {@code earlier} has read more of it. */
    private void start(OpenFile file, long told, @Nullable ReadPosition earlier) throws IOException {
        long from = told;
        if (earlier != null && KnownFiles.inFile(earlier) > from) {
            from = KnownFiles.inFile(earlier);
            LOG.info("{} was read up to byte {} as {}; going on there", file.path(), from, earlier.source());
        }
        // What was imported as a last line without an end may have got its end since: that is no empty line.
        from += file.isAtLineEnd(from) ? 1 : 0;
        if (!file.skipTo(from)) {
            LOG.warn("{} is shorter than the {} bytes read of it", file.path(), from);
        }
        base = offset() - told;
        cutter.reset(base + from);
        if (from > told) {
            mark = file.mark(base, source.how(), from);
        }
        seen = mark;
        seenTo = offset();
    }

    /** A part was renamed or packed between planning and reading. */
    private void findAgain(Part gone) throws IOException {
        boolean back = isFileOf(path, gone.is(), gone.told());
        Path now = back ? path : rotated.find(gone.is(), gone.told());
        before.remove();
        if (now != null) {
            before.addFirst(new Part(now, gone.from(), gone.is(), gone.told()));
        } else {
            LOG.warn("{} went away before it was read from byte {} on; going on without it", gone.path(), gone.from());
            remember(mark, clock.instant());
            startAnew(offset());
        }
    }

    private LineReader readerOf(OpenFile file, Instant now) throws IOException {
        if (reader == null || now.isAfter(readerSince.plus(READER_AT_MOST))) {
            Instant yearNear = reader == null ? file.modified() : now;
            reader = new LineReader(source.context(name(), yearNear, file.head(OpenFile.HEAD)), memory);
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
        cutter.reset(offset());
        entries.forget();
    }
}
