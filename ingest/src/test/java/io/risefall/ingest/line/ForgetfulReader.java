package io.risefall.ingest.line;

/** Readers that parse every line from its first byte on: what they read is right whatever stood before it. */
public final class ForgetfulReader {
    private ForgetfulReader() {}

    public static LineReader of(LineContext context) {
        return new LineReader(context, new SourceMemory(), new LineScan(0));
    }
}
