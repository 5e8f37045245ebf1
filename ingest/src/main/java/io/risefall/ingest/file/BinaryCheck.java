package io.risefall.ingest.file;

import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.header.EntryFormat;
import java.util.Objects;

/** Distinguishes logs from binary files. */
final class BinaryCheck {
    private static final int LOOK = 8 * 1024;
    /** A crash can leave a hole of NULs in a log; more than a tenth of it all is something else. */
    private static final int SHARE = 10;

    private BinaryCheck() {}

    /** Whether a file that begins with {@code head} has NUL bytes and no line with a known header. */
    static boolean looksBinary(byte[] head, LineContext context) {
        int length = Math.min(head.length, LOOK);
        int nuls = 0;
        for (int i = 0; i < length; i++) {
            nuls += head[i] == 0 ? 1 : 0;
        }
        return nuls * SHARE > length && !hasKnownLine(head, context);
    }

    private static boolean hasKnownLine(byte[] head, LineContext context) {
        LineReader reader = new LineReader(context);
        int from = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == '\n') {
                if (EntryFormat.begun(head, from, i) == EntryFormat.EXPORT) {
                    return true;
                }
                if (!(reader.read(head, from, i, from, Objects.requireNonNull(context.yearNear()), null)
                        instanceof LineOutcome.Unrelated)) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }
}
