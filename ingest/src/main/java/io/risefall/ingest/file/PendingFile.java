package io.risefall.ingest.file;

import io.risefall.ingest.file.RotatedFiles.Rotated;
import java.nio.file.Path;

/**
 * A file to be read before the one at the followed path: its unread rest, or all of it.
 *
 * @param path its name when it was found; it can be renamed since
 * @param from where its unread part begins
 * @param fingerprint identifies it whatever its name is now
 * @param fingerprintTo how many of its first bytes the fingerprint covers; at least {@code from}
 */
record PendingFile(Path path, long from, FileFingerprint fingerprint, long fingerprintTo) {

    static PendingFile whole(Rotated file) {
        return new PendingFile(
                file.path(), 0, file.beginning(), file.beginning().headLength());
    }

    PendingFile renamedTo(Path now) {
        return new PendingFile(now, from, fingerprint, fingerprintTo);
    }
}
