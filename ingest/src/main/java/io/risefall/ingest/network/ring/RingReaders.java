package io.risefall.ingest.network.ring;

import io.risefall.ingest.network.DropCounters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The readers of one stats socket: of the process that is followed, and of those of before a reload. Not thread-safe. */
final class RingReaders {
    /** Each is a thread and a connection; a host has a few old processes at most. */
    static final int MOST = 16;

    static final String TOO_MANY = "times more than " + MOST
            + " processes of HAProxy were to be read at once: the oldest was left, lines of it may be lost";

    /** The latest last. */
    private final Deque<RingReader> readers = new ArrayDeque<>();

    private final DropCounters drops;

    RingReaders(DropCounters drops) {
        this.drops = drops;
    }

    /** Starts one more. */
    void start(RingReader reader) {
        if (readers.size() == MOST) {
            drops.interrupted(TOO_MANY);
            readers.removeFirst().abandon();
        }
        readers.addLast(reader);
        reader.start();
    }

    void forgetEnded() {
        readers.removeIf(RingReader::hasEnded);
    }

    boolean anyRefused() {
        return readers.stream().anyMatch(RingReader::wasRefused);
    }

    /** Whether the ring of this process is being read. */
    boolean isRead(long pid) {
        return readers.stream().anyMatch(reader -> reader.pid() == pid);
    }

    /** Another process has taken over. */
    void leaveWhenQuiet() {
        readers.forEach(RingReader::leaveWhenQuiet);
    }

    List<RingReader> all() {
        return List.copyOf(readers);
    }
}
