package io.risefall.ingest.line;

import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.skip.LineSkipper;

/** Readers that parse every line from its first byte on: what they read is right whatever stood before it. */
public final class StatelessReaders {
    private StatelessReaders() {}

    public static LineReader of(LineContext context) {
        return new LineReader(context, new ReaderState(), new LineSkipper(0));
    }
}
