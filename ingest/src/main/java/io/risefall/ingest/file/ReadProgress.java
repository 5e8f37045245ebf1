package io.risefall.ingest.file;

import java.io.IOException;

/**
 * How far the open file has been read, and the fingerprints of what has been read. They tell a file that was truncated and
 * written again from one that only grew, and find the file again after a restart. One thread.
 */
final class ReadProgress {
    private final String how;
    private long base;
    private FileFingerprint delivered;
    private FileFingerprint read;
    private long readTo;

    /** @param how the settings under which the lines are read, {@link FileSource#how} */
    ReadProgress(String how) {
        this.how = how;
        this.delivered = FileFingerprint.atStart(0, how);
        this.read = delivered;
    }

    /** Nothing is read of a file whose first byte stands at {@code position} of the source. */
    void startAt(long position) {
        base = position;
        delivered = FileFingerprint.atStart(position, how);
    }

    /** A file was read before a restart. */
    void restore(FileFingerprint saved) {
        base = saved.base();
        delivered = saved;
    }

    /**
     * Reading of {@code file} begins.
     *
     * @param base where its first byte stands in the source
     * @param delivered how many of its bytes are accounted for
     * @param from where reading begins; more than {@code delivered} if another source has read up to here
     */
    void begin(OpenFile file, long base, long delivered, long from) throws IOException {
        this.base = base;
        if (from > delivered) {
            this.delivered = file.fingerprint(base, how, from);
        }
        read = this.delivered;
        readTo = base + from;
    }

    /**
     * More was read.
     *
     * @param offset up to where lines were delivered
     * @param readPosition up to where bytes were read
     */
    void advance(OpenFile file, long offset, long readPosition) throws IOException {
        delivered = at(file, offset);
        readTo = readPosition;
        read = readPosition == offset ? delivered : at(file, readPosition);
    }

    /** The fingerprint of {@code file}, read up to {@code offset} of the source. */
    FileFingerprint at(OpenFile file, long offset) throws IOException {
        return file.fingerprint(base, how, offset - base);
    }

    /** Whether {@code file} still has the bytes that were read last; any file after a restart. */
    boolean stillMatches(OpenFile file) throws IOException {
        return file.stillEndsLike(read, readTo - base);
    }

    /** Which byte of the file stands at {@code position} of the source. */
    long inFile(long position) {
        return position - base;
    }

    /** How many bytes of the file were read. */
    long bytesRead() {
        return readTo - base;
    }

    /** The fingerprint of what was delivered; this is what is saved. */
    FileFingerprint delivered() {
        return delivered;
    }

    /** The fingerprint of what was read, with half a line that waits; never saved. */
    FileFingerprint read() {
        return read;
    }
}
