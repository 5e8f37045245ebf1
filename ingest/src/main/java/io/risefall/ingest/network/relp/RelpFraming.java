package io.risefall.ingest.network.relp;

import io.risefall.ingest.network.DropCounters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits the bytes of one connection into RELP frames, {@code TXNR SP COMMAND SP DATALEN [SP DATA] LF} (doc/relp.md of
 * librelp). Of data longer than the limit the first bytes are length. The caller pulls frames, so a full journal stops
 * it. One thread.
 */
final class RelpFraming {
    private static final int MAX_DIGITS = 9;
    private static final int LONGEST_COMMAND = 32;

    private enum Place {
        TRANSACTION,
        COMMAND,
        LENGTH,
        DATA,
        END
    }

    /** What the bytes contain. */
    enum Step {
        /** A frame is ready. */
        FRAME,
        /** All bytes are used. */
        MORE,
        /** The bytes are not RELP; nothing after them can be read. */
        BROKEN
    }

    private final int longest;
    private final DropCounters drops;
    private final StringBuilder name = new StringBuilder();

    private Place place = Place.TRANSACTION;
    private int transaction;
    private String command = "";
    private int dataLength;
    private int digits;
    private byte[] data = new byte[1024];
    private int length;
    private int remaining;

    private byte[] input = new byte[0];
    private int at;

    RelpFraming(int longest, DropCounters drops) {
        this.longest = longest;
        this.drops = drops;
    }

    /** Adds bytes of the connection; the ones before must be used up. */
    void add(byte[] bytes) {
        input = bytes;
        at = 0;
    }

    /** The sender's number of the frame. */
    int transaction() {
        return transaction;
    }

    /** {@code open}, {@code syslog}, {@code close}, … */
    String command() {
        return command;
    }

    /** The frame's data; valid up to {@link #length} until the next {@link #next}. */
    byte[] data() {
        return data;
    }

    int length() {
        return length;
    }

    Step next() {
        while (at < input.length) {
            if (place == Place.DATA) {
                takeData();
                continue;
            }
            byte b = input[at++];
            boolean valid = switch (place) {
                case TRANSACTION -> transaction(b);
                case COMMAND -> command(b);
                case LENGTH -> length(b);
                case DATA, END -> b == '\n';
            };
            if (!valid) {
                return Step.BROKEN;
            }
            if (b == '\n') {
                place = Place.TRANSACTION;
                digits = 0;
                return Step.FRAME;
            }
        }
        return Step.MORE;
    }

    private boolean transaction(byte b) {
        if (b == ' ' && digits > 0) {
            place = Place.COMMAND;
            name.setLength(0);
            return true;
        }
        transaction = withDigit(transaction, b);
        return transaction >= 0;
    }

    private boolean command(byte b) {
        if (b == ' ' && name.length() > 0) {
            command = name.toString();
            place = Place.LENGTH;
            digits = 0;
            return true;
        }
        boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
        name.append((char) b);
        return letter && name.length() <= LONGEST_COMMAND;
    }

    private boolean length(byte b) {
        if (digits > 0 && (b == ' ' || (b == '\n' && dataLength == 0))) {
            length = 0;
            remaining = dataLength;
            place = remaining == 0 ? Place.END : Place.DATA;
            if (remaining > longest) {
                drops.count("messages longer than " + longest + " bytes; the rest was dropped");
            }
            return true;
        }
        dataLength = withDigit(dataLength, b);
        return dataLength >= 0;
    }

    /** -1 if it is not a digit, or one too many. */
    private int withDigit(int number, byte b) {
        if (b < '0' || b > '9' || digits == MAX_DIGITS) {
            return -1;
        }
        return (digits++ == 0 ? 0 : number * 10) + b - '0';
    }

    private void takeData() {
        int here = Math.min(remaining, input.length - at);
        int keep = Math.min(here, longest - length);
        if (length + keep > data.length) {
            data = Arrays.copyOf(data, Math.min(longest, Math.max(length + keep, data.length * 2)));
        }
        System.arraycopy(input, at, data, length, keep);
        length += keep;
        at += here;
        remaining -= here;
        if (remaining == 0) {
            place = Place.END;
        }
    }

    /** A frame to send. */
    static byte[] frame(int transaction, String command, String data) {
        String text = transaction + " " + command + " " + data.length() + (data.isEmpty() ? "" : " " + data) + "\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
