package io.risefall.query.reconcile;

import java.util.Locale;

/**
 * One number or state of a server, as HAProxy and as Risefall have it.
 *
 * @param expected HAProxy's
 * @param found Risefall's
 * @param why what explains the difference, or what to do about it; empty where they agree
 */
public record ComparedValue(
        String proxy, String server, Of of, String expected, String found, Verdict verdict, String why) {

    /** What is compared. */
    public enum Of {
        STATE("state"),
        /** {@code chkdown} and outages. */
        DOWNS("DOWN count"),
        /** {@code downtime} and the time of outages. */
        DOWN_TIME("down time");

        private final String words;

        Of(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** How the two go together. */
    public enum Verdict {
        AGREES,
        EXPLAINED,
        DIFFERS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
