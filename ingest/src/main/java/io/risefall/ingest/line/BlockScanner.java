package io.risefall.ingest.line;

import io.risefall.ingest.line.bytes.Swar;
import io.risefall.ingest.line.context.LineContext;

/**
 * Scans blocks of a source in any order: finds the lines that must be read and counts the others. Used by one thread;
 * several scanners can scan the same source.
 */
public final class BlockScanner {
    private final LineReader reader;

    public BlockScanner(LineContext context) {
        reader = new LineReader(context);
    }

    public void scan(Block block) {
        byte[] bytes = block.bytes();
        int last = lastNewline(bytes, block.length());
        int first = last < 0 ? -1 : Swar.indexOf((byte) '\n', bytes, 0, last + 1);
        if (first == last) {
            // No line is whole here. Bytes before a newline belong to the block before, the rest to the next.
            block.whole(last + 1, last + 1);
            return;
        }
        block.whole(first + 1, last + 1);
        reader.beginElsewhere();
        int at = first + 1;
        while (at <= last) {
            int within = reader.skip(bytes, at, last + 1, null);
            int end = Swar.indexOf((byte) '\n', bytes, Math.max(at, within), last + 1);
            if (within < 0) {
                block.add(reader.skipped(), at, end);
                reader.learnFrom(bytes, at, end);
            }
            at = end + 1;
        }
        block.end(reader.skipped());
    }

    private static int lastNewline(byte[] bytes, int length) {
        int at = length - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
