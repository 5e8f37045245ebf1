package io.risefall.ingest.file;

import io.risefall.ingest.line.LineCutter;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.line.Lines;
import io.risefall.schemas.ReadPosition;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path as one endless source. It never sleeps: {@link #read} takes what is there and returns. One thread.
 *
 * <ul>
 *   <li><b>Half a line</b> waits for its end. Only when its file is over (rotated, truncated) it counts as a line.
 *   <li><b>Rotation by rename, deletion and re-creation</b>: the old descriptor is read until the new file has content
 *       and the old one has been quiet for a second, because the writer learns of the rotation late. A writer that goes
 *       on writing to the old file for more than 30 s is left.
 *   <li><b>Truncation</b> (copytruncate): seen by a smaller size or by other bytes before the place read. The copy is
 *       looked for among the rotated files and its rest is read first. Lost is what was written between the copy and
 *       the truncation: nobody has it.
 *   <li><b>Start</b>: at the saved position. If the file there is another one, the one read before is looked for among
 *       the rotated files by its content; its rest and the files between are read first. Lost is what was rotated away
 *       and deleted or renamed out of sight meanwhile; the log says so. Without a saved position at the file's start.
 *   <li><b>No file</b>: waits.
 * </ul>
 *
 * <p>Positions count on over all files: the first byte of the next file follows the last one of the file before.
 */
public final class FileTail implements LineSource {
    private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);

    private static final int BLOCK = 1024 * 1024;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration OLD_AT_MOST = Duration.ofSeconds(30);
    /** Between rename and creation the path is missing for a moment; longer, and the log is gone. */
    private static final Duration MISSING_AT_MOST = Duration.ofSeconds(10);
    /** The year nearest to now changes; the reader of a process that lives long must notice. */
    private static final Duration READER_AT_MOST = Duration.ofDays(1);

    /** A rotated file that must be read before the path itself, and where its unread part begins. */
    private record Part(Path path, long from) {}

    private final FileSource source;
    private final Path path;
    private final Clock clock;
    private final LineCutter cutter;
    private final RotatedFiles rotated;
    private final Deque<Part> before = new ArrayDeque<>();

    private @Nullable OpenFile current;
    private boolean followed;
    private long base;
    private FileMark mark;
    private @Nullable LineReader reader;
    private Instant readerSince = Instant.EPOCH;
    private Instant dataAt = Instant.EPOCH;
    private @Nullable Instant rotatedAt;
    private @Nullable Instant missingSince;
    private boolean atEnd;

    public FileTail(FileSource source, int longestLine, Clock clock) {
        this.source = source;
        this.path = source.path().toAbsolutePath().normalize();
        this.clock = clock;
        this.cutter = new LineCutter(BLOCK, longestLine);
        this.mark = FileMark.atStart(0, source.how());
        this.rotated = new RotatedFiles(path);
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
        return cutter.position();
    }

    @Override
    public String file() {
        return mark.toString();
    }

    @Override
    public void rewind(@Nullable ReadPosition saved) throws IOException {
        close();
        before.clear();
        rotatedAt = null;
        missingSince = null;
        atEnd = false;
        if (saved == null) {
            startAnew(0);
            return;
        }
        FileMark known = FileMark.parse(saved.file());
        long inFile = known == null ? -1 : saved.offset() - known.base();
        if (known == null || inFile < 0) {
            startAnew(saved.offset());
            return;
        }
        mark = known;
        base = known.base();
        cutter.reset(saved.offset());
        if (inFile == 0) {
            return;
        }
        if (isFileOf(path, known, inFile)) {
            before.add(new Part(path, inFile));
            return;
        }
        Path old = rotated.find(known, inFile);
        if (old != null) {
            LOG.info("{} was rotated to {} meanwhile; reading its rest from byte {} first", path, old, inFile);
            before.add(new Part(old, inFile));
            rotated.after(old).forEach(next -> before.add(new Part(next, 0)));
        } else {
            if (Files.exists(path)) {
                LOG.warn(
                        "{} is not the file that was read up to byte {}, and no rotated file beside it is: lines after"
                                + " that byte may be lost; reading from its start",
                        path,
                        inFile);
            }
            startAnew(saved.offset());
        }
    }

    private void startAnew(long position) {
        base = position;
        cutter.reset(position);
        mark = FileMark.atStart(position, source.how());
    }

    private static boolean isFileOf(Path path, FileMark mark, long inFile) throws IOException {
        try (OpenFile file = OpenFile.open(path)) {
            return file.isFileOf(mark, inFile);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public boolean read(Lines lines) throws IOException {
        Instant now = clock.instant();
        OpenFile file = current == null ? openNext(now) : current;
        if (file == null) {
            atEnd = false;
            return false;
        }
        long inFile = cutter.readPosition() - base;
        long size = file.size();
        if (size >= 0 && (size < inFile || (size > inFile && !file.stillEndsLike(mark, offset() - base)))) {
            truncated(lines, now);
            return true;
        }
        if (cutter.read(file.stream()) > 0) {
            LineReader with = readerOf(file, now);
            cutter.cut((b, from, to, at, cut) -> lines.line(with, b, from, to, at, now, null, cut));
            mark = file.mark(base, source.how(), offset() - base);
            dataAt = now;
            atEnd = false;
            return true;
        }
        if (!followed) {
            leave(lines, now);
            return true;
        }
        return isOver(file, now) && leave(lines, now);
    }

    /** At the end of what is there: whether the path is another file now, and this one is not written any more. */
    private boolean isOver(OpenFile file, Instant now) throws IOException {
        String key = OpenFile.keyOf(path);
        if (key == null) {
            missingSince = missingSince == null ? now : missingSince;
            atEnd = now.isBefore(missingSince.plus(MISSING_AT_MOST));
            return false;
        }
        missingSince = null;
        if (key.equals(file.key())) {
            atEnd = true;
            rotatedAt = null;
            return false;
        }
        if (rotatedAt == null) {
            rotatedAt = now;
            LOG.debug("{} is a new file; reading the old one until it is quiet", path);
        }
        boolean content = Files.size(path) > 0;
        atEnd = !content;
        Instant quietSince = dataAt.isAfter(rotatedAt) ? dataAt : rotatedAt;
        if (content && !now.isBefore(quietSince.plus(QUIET))) {
            return true;
        }
        if (content && now.isAfter(rotatedAt.plus(OLD_AT_MOST))) {
            LOG.warn("the file that was {} is still written {} s after its rotation; leaving it", path, 30);
            return true;
        }
        return false;
    }

    private boolean leave(Lines lines, Instant now) throws IOException {
        OpenFile file = Objects.requireNonNull(current);
        LineReader with = readerOf(file, now);
        cutter.cutLast((b, from, to, at, cut) -> lines.line(with, b, from, to, at, now, null, cut));
        if (followed) {
            Path old = rotated.withKey(file.key());
            if (old != null) {
                rotated.after(old).forEach(next -> before.add(new Part(next, 0)));
            }
        }
        close();
        rotatedAt = null;
        startAnew(offset());
        return true;
    }

    private void truncated(Lines lines, Instant now) throws IOException {
        long inFile = offset() - base;
        Path copy = inFile == 0 ? null : rotated.find(mark, inFile);
        if (copy != null) {
            LOG.info("{} was truncated; reading the rest of its copy {} from byte {} first", path, copy, inFile);
            close();
            before.addFirst(new Part(copy, inFile));
            return;
        }
        LOG.info("{} was truncated at or before byte {}; reading from its start", path, inFile);
        if (reader != null) {
            LineReader with = reader;
            cutter.cutLast((b, from, to, at, cut) -> lines.line(with, b, from, to, at, now, null, cut));
        }
        close();
        startAnew(offset());
    }

    private @Nullable OpenFile openNext(Instant now) throws IOException {
        Part part = before.isEmpty() ? new Part(path, 0) : before.peek();
        OpenFile file;
        try {
            file = OpenFile.open(part.path());
        } catch (NoSuchFileException | FileNotFoundException e) {
            if (!part.path().equals(path) || part.from() > 0) {
                findAgain(before.remove());
            }
            return null;
        }
        before.poll();
        if (!file.skipTo(part.from())) {
            LOG.warn("{} is shorter than the {} bytes read of it", part.path(), part.from());
        }
        base = offset() - part.from();
        cutter.reset(offset());
        current = file;
        followed = part.path().equals(path);
        reader = null;
        dataAt = now;
        return file;
    }

    /** A part was renamed or packed between planning and reading. */
    private void findAgain(Part gone) throws IOException {
        Path packed = gone.path().resolveSibling(gone.path().getFileName() + ".gz");
        Path now = gone.from() > 0 ? rotated.find(mark, gone.from()) : Files.exists(packed) ? packed : null;
        if (now != null) {
            before.addFirst(new Part(now, gone.from()));
        } else {
            LOG.warn("{} went away before it was read from byte {} on; going on without it", gone.path(), gone.from());
        }
    }

    private LineReader readerOf(OpenFile file, Instant now) throws IOException {
        if (reader == null || now.isAfter(readerSince.plus(READER_AT_MOST))) {
            Instant yearNear = reader == null ? file.modified() : now;
            reader = new LineReader(source.context(name(), yearNear, file.head(OpenFile.HEAD)));
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
    }
}
