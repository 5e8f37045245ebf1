package io.risefall.app.doctor;

import java.util.Locale;

/**
 * One point of the checklist.
 *
 * @param subject of what: a file, a socket, {@code PROXY/SERVER}
 * @param next the next step; empty where all is well
 */
record Examination(String what, String subject, String expected, String found, Outcome outcome, String next) {

    /** What came of it. */
    enum Outcome {
        OK,
        WRONG,
        /** It could not be examined. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Examination ok(String what, String subject, String expected, String found) {
        return new Examination(what, subject, expected, found, Outcome.OK, "");
    }

    static Examination wrong(String what, String subject, String expected, String found, String next) {
        return new Examination(what, subject, expected, found, Outcome.WRONG, next);
    }

    static Examination unknown(String what, String subject, String expected, String found, String next) {
        return new Examination(what, subject, expected, found, Outcome.UNKNOWN, next);
    }
}
