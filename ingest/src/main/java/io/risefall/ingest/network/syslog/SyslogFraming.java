package io.risefall.ingest.network.syslog;

import io.risefall.ingest.network.DropCounters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits the bytes of one TCP connection into syslog messages, by octet counting ({@code 180 <133>1 …}) or by newline
 * (RFC 6587), decided for each message: a number, a space and a {@code <} is a count; without the {@code <} it is a
 * count unless this connection has ended a message by newline before. Of a message longer than the limit the first
 * bytes are kept. The caller pulls messages, so a full journal stops it. One thread.
 */
final class SyslogFraming {
    /** No message has a longer length. */
    private static final int MAX_DIGITS = 7;

    private enum Place {
        START,
        COUNTED,
        LINE
    }

    /** What the bytes contain. */
    enum Step {
        /** A message is ready. */
        MESSAGE,
        /** All bytes are used. */
        MORE
    }

    private final int longest;
    private final DropCounters drops;
    private byte[] message = new byte[1024];
    private int length;
    private Place place = Place.START;
    private int remaining;
    private boolean newlineSeen;
    private boolean cut;
    private boolean ready;

    private byte[] input = new byte[0];
    private int at;

    SyslogFraming(int longest, DropCounters drops) {
        this.longest = longest;
        this.drops = drops;
    }

    /** Adds bytes of the connection; the ones before must be used up. */
    void add(byte[] bytes) {
        input = bytes;
        at = 0;
    }

    /** The message's bytes; valid up to {@link #length} until the next {@link #next}. */
    byte[] message() {
        return message;
    }

    int length() {
        return length;
    }

    Step next() {
        if (ready) {
            ready = false;
            length = 0;
            cut = false;
        }
        while (at < input.length) {
            byte b = input[at++];
            switch (place) {
                case START -> start(b);
                case COUNTED -> {
                    keep(b);
                    remaining--;
                }
                case LINE -> {
                    if (b == '\n') {
                        newlineSeen = true;
                        place = Place.START;
                    } else {
                        keep(b);
                    }
                }
            }
            boolean lineEnded = b == '\n' && place == Place.START;
            if ((lineEnded || (place == Place.COUNTED && remaining == 0)) && isMessage()) {
                return Step.MESSAGE;
            }
        }
        return Step.MORE;
    }

    /** The connection ended. True if the rest is a message: a whole sentence is; half a sentence is counted as dropped. */
    boolean last() {
        if (ready) {
            ready = false;
            length = 0;
        }
        trim();
        if (length == 0) {
            return false;
        }
        if (place != Place.COUNTED && (message[length - 1] == '.' || message[length - 1] == '!')) {
            ready = true;
            return true;
        }
        drops.count(DropCounters.CUT);
        return false;
    }

    /** Decides on the framing; the bytes seen so far are in {@code message}. */
    private void start(byte b) {
        if (length == 0 && (b == '\n' || b == '\r' || b == 0)) {
            return;
        }
        boolean digit = b >= '0' && b <= '9';
        boolean digitsBefore = length > 0 && isDigit(message[length - 1]);
        boolean spaceBefore = length > 1 && message[length - 1] == ' ';
        if (spaceBefore) {
            if (b == '<' || !newlineSeen) {
                remaining = Integer.parseInt(new String(message, 0, length - 1, StandardCharsets.US_ASCII));
                length = 0;
                place = Place.COUNTED;
                keep(b);
                remaining--;
                return;
            }
        } else if ((digit && (length > 0 || b != '0') && length < MAX_DIGITS) || (b == ' ' && digitsBefore)) {
            keep(b);
            return;
        }
        place = Place.LINE;
        at--;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private void keep(byte b) {
        if (length == message.length && length < longest) {
            message = Arrays.copyOf(message, Math.min(longest, length * 2));
        }
        if (length < Math.min(longest, message.length)) {
            message[length++] = b;
        } else if (!cut) {
            cut = true;
            drops.count("messages longer than " + longest + " bytes; the rest was dropped");
        }
    }

    /** A message ended; false if it is empty. */
    private boolean isMessage() {
        place = Place.START;
        trim();
        ready = length > 0;
        return ready;
    }

    private void trim() {
        while (length > 0 && isLineEnd(message[length - 1])) {
            length--;
        }
    }

    /** Whether {@code b} only ends a message. */
    static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r' || b == 0;
    }
}
