package io.risefall.ingest.line;

import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.header.Envelope.Output;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** Recognizes the pieces of lines that a container engine or journald has split. Used by one thread. */
final class SplitLines {
    /** A journal stream that ended within a line never continues: the oldest is removed. */
    private static final int MAX_SPLIT = 1000;

    /** Outputs and streams whose last line is to be continued; oldest first. */
    private final Set<String> split = new LinkedHashSet<>();

    /** Whether this line continues the one before, so that it does not begin a message. To be asked for every line, in order. */
    boolean continues(Envelope envelope) {
        boolean canBeSplit = envelope.output != Output.NONE || envelope.hasStream();
        if (!canBeSplit || !envelope.partial && split.isEmpty()) {
            return false;
        }
        String of = envelope.hasStream()
                ? new String(
                        envelope.bytes,
                        envelope.streamFrom,
                        envelope.streamTo - envelope.streamFrom,
                        StandardCharsets.ISO_8859_1)
                : envelope.output.name();
        if (!envelope.partial) {
            return split.remove(of);
        }
        if (split.size() == MAX_SPLIT && !split.contains(of)) {
            split.remove(split.iterator().next());
        }
        return !split.add(of);
    }
}
