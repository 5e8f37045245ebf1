package io.risefall.ingest.network.ring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The lines that were read of one process, by their hashes: after an interruption its ring begins with some of them. Bounded; used by
 * one thread at a time.
 */
final class ReadLines {
    /** A ring of some ten MB has so many. */
    private static final int MOST = 100_000;

    /** So many are enough to know the place again: lines without a time can be equal. */
    private static final int LAST = 4;

    private final Set<Long> hashes = new LinkedHashSet<>();
    private final Deque<Long> last = new ArrayDeque<>();
    private boolean replaying;
    private boolean first;

    /** What became of a line. */
    enum Verdict {
        NEW,
        /** It was read before the interruption. */
        REPEATED,
        /** It is new, and no line before it is left that was read: there may have been others. */
        AFTER_A_GAP
    }

    /** The ring is read from its oldest line on. */
    synchronized void begin() {
        replaying = !hashes.isEmpty();
        first = true;
        last.clear();
    }

    /** The hashes of the lines that were read last, since {@link #begin}; the latest last. */
    synchronized List<Long> last() {
        return List.copyOf(last);
    }

    synchronized Verdict add(byte[] line, int from, int to) {
        boolean isFirst = first;
        first = false;
        long hash = hash(line, from, to);
        boolean isNew = hashes.add(hash);
        last.addLast(hash);
        if (last.size() > LAST) {
            last.removeFirst();
        }
        if (replaying && !isNew) {
            return Verdict.REPEATED;
        }
        boolean gap = replaying && isFirst;
        // Equal lines are two lines again, unless the ring repeats them.
        replaying = false;
        forgetOldest();
        return gap ? Verdict.AFTER_A_GAP : Verdict.NEW;
    }

    private void forgetOldest() {
        if (hashes.size() > MOST) {
            Iterator<Long> oldest = hashes.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** 64 bits of two sums: with some thousand lines, equal ones are equal lines. */
    private static long hash(byte[] line, int from, int to) {
        CRC32C sum = new CRC32C();
        sum.update(line, from, to - from);
        int other = 1;
        for (int i = from; i < to; i++) {
            other = 31 * other + line[i];
        }
        return sum.getValue() << 32 | other & 0xffff_ffffL;
    }
}
