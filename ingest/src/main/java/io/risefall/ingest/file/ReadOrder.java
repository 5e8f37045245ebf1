package io.risefall.ingest.file;

import io.risefall.ingest.file.RotatedFiles.Rotated;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which file is read next for one path: first the unread rest of the file that was read last, wherever rotation
 * has put it, then the files rotated after it, then the file at the path. Rotated files are found by content, because rotation
 * changes their names, even between planning and opening. One thread.
 */
final class ReadOrder {
    private static final Logger LOG = LoggerFactory.getLogger(ReadOrder.class);

    /** A file can be renamed again and again while it is looked for; give up for now after so many attempts. */
    private static final int ATTEMPTS = 10;

    /**
     * A file that was opened to be read next.
     *
     * @param file the caller closes it
     * @param pending what it is opened for; null for the file at the path, read from its start
     * @param atPath whether it is the file at the path, which can grow
     * @param earlier where another source stopped that has read the same content; null if none has
     */
    record Next(
            OpenFile file,
            @Nullable PendingFile pending,
            boolean atPath,
            @Nullable ReadPosition earlier) {

        /** Where this source begins to read it. */
        long from() {
            return pending == null ? 0 : pending.from();
        }
    }

    private final FileSource source;
    private final Path path;
    private final KnownFiles known;
    private final Predicate<String> readByAnother;
    private final RotationWatch rotation;
    private final Runnable lost;
    private final RotatedFiles rotated;
    private final Set<String> rotatedAtStart;
    private final Deque<PendingFile> pending = new ArrayDeque<>();

    /** Partly read before a restart and not found yet, because nothing is at the path. */
    private @Nullable PendingFile unplaced;
    /** The file that was finished last, until the files after it were looked for. */
    private @Nullable ReadPosition lastFinished;
    /** Nothing has ever been read of this path. */
    private boolean neverRead;

    private boolean waitsForAnother;

    /**
     * @param known what has been read under other names
     * @param readByAnother whether the file with this key is being read under another path
     * @param rotation is notified when nothing is at the path
     * @param lost called when the file that was read last cannot be found any more
     */
    ReadOrder(
            FileSource source,
            Path path,
            KnownFiles known,
            Predicate<String> readByAnother,
            RotationWatch rotation,
            Runnable lost) {
        this.source = source;
        this.path = path;
        this.known = known;
        this.readByAnother = readByAnother;
        this.rotation = rotation;
        this.lost = lost;
        this.rotated = new RotatedFiles(path);
        this.rotatedAtStart = contents(rotated);
    }

    private static Set<String> contents(RotatedFiles rotated) {
        try {
            return rotated.contents();
        } catch (IOException e) {
            LOG.info("cannot look for rotated files: {}", e.toString());
            return Set.of();
        }
    }

    private void clear() {
        pending.clear();
        unplaced = null;
        lastFinished = null;
        neverRead = false;
    }

    /** Nothing has ever been read: the files rotated since this was created come first. */
    void restart() {
        clear();
        neverRead = true;
    }

    /** Nothing is known of the file that was read last: the file at the path comes next. */
    void restartAtPath() {
        clear();
    }

    /** The file that was read last was finished at {@code offset} of the source: the files after it come next. */
    void resumeAfter(long offset) {
        clear();
        lastFinished = known.lastFinished(source.name(), offset);
    }

    /** The file of {@code fingerprint} was read up to its byte {@code inFile}: its rest comes next. */
    void resumeWithin(FileFingerprint fingerprint, long inFile) throws IOException {
        clear();
        PendingFile rest = new PendingFile(path, inFile, fingerprint, inFile);
        if (!place(rest)) {
            unplaced = rest;
        }
    }

    /** Looks for the file that was being read; false if nothing is at the path: its disk may not be mounted yet. */
    private boolean place(PendingFile rest) throws IOException {
        Path now = find(rest);
        if (now != null) {
            if (!now.equals(path)) {
                LOG.info("{} was rotated to {} meanwhile; reading its rest from byte {} first", path, now, rest.from());
            }
            pending.add(rest.renamedTo(now));
            return true;
        }
        if (!Files.exists(path)) {
            return false;
        }
        LOG.warn(
                "{} is not the file that was read up to byte {}, and no rotated file beside it is: lines after"
                        + " that byte may be lost; reading from its start",
                path,
                rest.from());
        lost.run();
        return true;
    }

    /** Where the file is now: at the path, or beside it; null if nowhere. */
    private @Nullable Path find(PendingFile file) throws IOException {
        return isAtPath(file) ? path : rotated.find(file.fingerprint(), file.fingerprintTo());
    }

    private boolean isAtPath(PendingFile file) throws IOException {
        try (OpenFile open = OpenFile.open(path)) {
            return open.isFileOf(file.fingerprint(), file.fingerprintTo());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether files are known that come before the one at the path. */
    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** {@code file} comes next. */
    void addFirst(PendingFile file) {
        pending.addFirst(file);
    }

    /** The copy of the file of {@code fingerprint}, which was read up to its byte {@code inFile}; null if there is none. */
    @Nullable Path copyOf(FileFingerprint fingerprint, long inFile) throws IOException {
        return rotated.find(fingerprint, inFile);
    }

    /** The file of {@code position} is read to its end. */
    void finished(ReadPosition position) {
        lastFinished = position;
    }

    /**
     * Asked when the file at the path is open and nothing is read of it: whether others were rotated since the last one was
     * finished. If so they come next, and the file at the path after them.
     */
    boolean isOvertaken(OpenFile atPath) throws IOException {
        if (lastFinished == null) {
            return false;
        }
        ReadPosition last = lastFinished;
        lastFinished = null;
        Path old = rotated.find(KnownFiles.fingerprint(last), KnownFiles.inFile(last));
        List<Rotated> next = old == null ? List.of() : rotated.after(old);
        for (Rotated one : next) {
            String key = FileAttributes.keyOf(one.path());
            if (key != null && !key.equals(atPath.key())) {
                next.forEach(file -> pending.add(PendingFile.whole(file)));
                return true;
            }
        }
        return false;
    }

    /** Opens the next file; null if there is none now. {@link #started} must follow when reading it has begun. */
    @Nullable Next open(Instant now) throws IOException {
        if (unplaced != null) {
            if (!place(unplaced)) {
                rotation.missing(now);
                return null;
            }
            unplaced = null;
        }
        Next next = null;
        for (int attempt = 0; next == null && !pending.isEmpty() && attempt < ATTEMPTS; attempt++) {
            next = openPending(pending.element());
        }
        return next == null && pending.isEmpty() ? openPath(now) : next;
    }

    /** Reading of {@code next} has begun. */
    void started(Next next) {
        if (next.pending() != null) {
            pending.remove();
        }
    }

    /** Null if it has another name by now; then it is found, or given up. */
    private @Nullable Next openPending(PendingFile next) throws IOException {
        OpenFile file;
        try {
            file = OpenFile.open(next.path());
        } catch (NoSuchFileException e) {
            findAgain(next);
            return null;
        }
        try {
            if (file.isFileOf(next.fingerprint(), next.fingerprintTo())) {
                boolean atPath = next.path().equals(path);
                return new Next(
                        file,
                        next,
                        atPath,
                        atPath
                                ? known.furthestOfOthers(file, source.how(), source.name())
                                : known.surelyFurthest(file, source.how()));
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        findAgain(next);
        return null;
    }

    /** The file was renamed or compressed between planning and opening. */
    private void findAgain(PendingFile file) throws IOException {
        Path now = find(file);
        pending.remove();
        if (now != null) {
            pending.addFirst(file.renamedTo(now));
        } else {
            LOG.warn("{} disappeared; bytes from {} on were not read", file.path(), file.from());
            lost.run();
        }
    }

    /** Null if nothing is at the path, if others must be read before, and if another source reads it. */
    private @Nullable Next openPath(Instant now) throws IOException {
        OpenFile file;
        try {
            file = OpenFile.open(path);
        } catch (NoSuchFileException e) {
            rotation.missing(now);
            return null;
        }
        rotation.present();
        try {
            if (neverRead) {
                neverRead = false;
                rotated.except(rotatedAtStart).forEach(one -> pending.add(PendingFile.whole(one)));
            }
            if (pending.isEmpty() && !isReadByAnother(file)) {
                return new Next(file, null, true, known.furthestOfOthers(file, source.how(), source.name()));
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        return null;
    }

    private boolean isReadByAnother(OpenFile file) {
        boolean another = file.key() != null && readByAnother.test(file.key());
        if (another && !waitsForAnother) {
            LOG.info("{} is already being read under another name; it is read once", path);
        }
        waitsForAnother = another;
        return another;
    }
}
