package io.risefall.ingest.line.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at bytes eight at a time. */
public final class Swar {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int UNROLLED = 4 * Long.BYTES;

    private Swar() {}

    /** The eight bytes that begin at {@code at} as a number, the first one lowest. */
    static long at(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Where the first {@code wanted} of {@code bytes[from, to)} stands; -1 if there is none. */
    public static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        long pattern = (wanted & 0xffL) * ONES;
        int at = from;
        while (to - at >= UNROLLED) {
            long first = zeros(at(bytes, at) ^ pattern);
            long second = zeros(at(bytes, at + Long.BYTES) ^ pattern);
            long third = zeros(at(bytes, at + 2 * Long.BYTES) ^ pattern);
            long fourth = zeros(at(bytes, at + 3 * Long.BYTES) ^ pattern);
            if ((first | second | third | fourth) != 0) {
                break;
            }
            at += UNROLLED;
        }
        while (to - at >= Long.BYTES) {
            long found = zeros(at(bytes, at) ^ pattern);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        for (; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** Whether {@code length} bytes of both are the same; both must have them. */
    public static boolean same(byte[] one, int oneFrom, byte[] other, int otherFrom, int length) {
        int done = 0;
        for (; length - done >= Long.BYTES; done += Long.BYTES) {
            if (at(one, oneFrom + done) != at(other, otherFrom + done)) {
                return false;
            }
        }
        if (done < length && length >= Long.BYTES) {
            int last = length - Long.BYTES;
            return at(one, oneFrom + last) == at(other, otherFrom + last);
        }
        for (; done < length; done++) {
            if (one[oneFrom + done] != other[otherFrom + done]) {
                return false;
            }
        }
        return true;
    }

    /** The high bit of every zero byte; after the first such byte also of others. */
    private static long zeros(long bytes) {
        return (bytes - ONES) & ~bytes & HIGH_BITS;
    }
}
