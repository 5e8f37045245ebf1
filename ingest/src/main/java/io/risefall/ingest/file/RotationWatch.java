package io.risefall.ingest.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the file that was at a path is finished, after another file has taken the path. Rotation renames the file
 * first and tells its writer afterwards, so the old file grows for a while. It is finished when the new file has content and
 * the old one has been quiet for a second; for ten with half a line. A writer that keeps the old file open for more than 30 s is
 * not waited for. One thread.
 */
final class RotationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RotationWatch.class);

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration QUIET_IN_A_LINE = Duration.ofSeconds(10);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    /** Between rename and creation nothing is at the path for a moment; longer, and the log is gone. */
    private static final Duration MAX_GAP = Duration.ofSeconds(10);

    private final Path path;
    private Instant lastData = Instant.EPOCH;
    private @Nullable Instant rotatedAt;
    private @Nullable Instant missingSince;

    RotationWatch(Path path) {
        this.path = path;
    }

    void reset() {
        rotatedAt = null;
        missingSince = null;
    }

    /** A file was opened, or has given bytes. */
    void data(Instant now) {
        lastData = now;
    }

    /** The open file is finished; the next one is not rotated yet. */
    void finished() {
        rotatedAt = null;
    }

    /** Nothing is at the path; returns since when. */
    Instant missing(Instant now) {
        Instant since = missingSince == null ? now : missingSince;
        missingSince = since;
        return since;
    }

    /** Something is at the path. */
    void present() {
        missingSince = null;
    }

    /** Whether nothing has been at the path for {@code time}, and the old file has given nothing for as long. */
    boolean isGone(Duration time, Instant now) {
        return missingSince != null && !now.isBefore(missingSince.plus(time)) && !now.isBefore(lastData.plus(time));
    }

    /** What stands at the path beside the open file, whose end was reached. */
    enum Finding {
        /** The open file itself, or nothing for a moment, or a file that is still empty: reading is up to date. */
        UP_TO_DATE,
        /** Another file with content, or nothing for too long: wait. */
        WAITING,
        /** Another file: the open one is finished. */
        FINISHED
    }

    /**
     * @param key of the open file
     * @param atPath what is at the path; null for nothing
     * @param incomplete whether the open file ends within a line
     */
    Finding look(@Nullable String key, @Nullable FileAttributes atPath, boolean incomplete, Instant now) {
        if (atPath == null) {
            return now.isBefore(missing(now).plus(MAX_GAP)) ? Finding.UP_TO_DATE : Finding.WAITING;
        }
        present();
        if (atPath.key().equals(key)) {
            rotatedAt = null;
            return Finding.UP_TO_DATE;
        }
        if (rotatedAt == null) {
            rotatedAt = now;
            LOG.debug("{} is a new file; reading the old one until it is quiet", path);
        }
        if (atPath.bytes() == 0) {
            return Finding.UP_TO_DATE;
        }
        Instant quietSince = lastData.isAfter(rotatedAt) ? lastData : rotatedAt;
        if (!now.isBefore(quietSince.plus(incomplete ? QUIET_IN_A_LINE : QUIET))) {
            return Finding.FINISHED;
        }
        if (now.isAfter(rotatedAt.plus(MAX_WAIT))) {
            LOG.warn(
                    "{}: the old file is still being written {} s after rotation; no longer following it",
                    path,
                    MAX_WAIT.toSeconds());
            return Finding.FINISHED;
        }
        return Finding.WAITING;
    }
}
