package io.risefall.ingest.network.ring;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What HAProxy answers to who follows a ring, line by line: first which process it is, then what the ring has. One thread. */
final class RingAnswer {
    private static final List<String> REFUSALS =
            List.of("No such event sink", "Permission denied", "Sorry, too many watchers");

    private final String expected;
    private Part part = Part.BEGIN;
    private boolean isExpected;

    /** Where the answer is. */
    private enum Part {
        /** An empty line: another timeout is set. */
        BEGIN,
        /** {@code show info}: which process is connected. */
        PROCESS,
        /** The first line of the ring, or why there is none. */
        FIRST,
        RING
    }

    /** What a line of the answer is. */
    enum Kind {
        /** Nothing to take: it is empty, or tells of the process. */
        NONE,
        /** One of the ring's. */
        LINE,
        /** Another process answers. */
        OTHER_PROCESS,
        /** There is no such ring, or it is not handed over. */
        REFUSAL
    }

    /** @param pid of the process that is to answer */
    RingAnswer(long pid) {
        expected = "Pid: " + pid;
    }

    /** Takes the next line, without its end. */
    Kind next(byte[] buffer, int from, int to) {
        boolean empty = to == from;
        if (part == Part.BEGIN && !empty) {
            part = Part.PROCESS;
        } else if (part == Part.PROCESS && empty) {
            part = Part.FIRST;
        }
        if (part == Part.PROCESS) {
            isExpected |= text(buffer, from, to).equals(expected);
            return Kind.NONE;
        }
        if (empty) {
            return Kind.NONE;
        }
        if (!isExpected) {
            return Kind.OTHER_PROCESS;
        }
        if (part == Part.FIRST && isRefusal(text(buffer, from, to))) {
            return Kind.REFUSAL;
        }
        part = Part.RING;
        return Kind.LINE;
    }

    /** Whether the process has answered, and what comes is of its ring. */
    boolean isOfRing() {
        return part == Part.FIRST || part == Part.RING;
    }

    /** Whether no line of the ring has come. */
    boolean isEmpty() {
        return part != Part.RING;
    }

    private static String text(byte[] buffer, int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isRefusal(String line) {
        return REFUSALS.stream().anyMatch(line::startsWith);
    }
}
