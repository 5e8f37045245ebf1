package io.risefall.ingest.line.timestamp;

/**
 * Reads {@code 2026-11-23T00:21:56[.466547]Z|+00:00|+0000} from bytes without making an object. Microseconds and finer
 * digits are kept up to nanoseconds. Used by one thread.
 */
public final class IsoTimestamp {
    private static final int DAY_SECONDS = 86_400;
    private static final int TO_SECOND = "2026-11-23T00:21:56".length();
    private static final int NANO_DIGITS = 9;

    private long epochSecond;
    private int nano;
    private boolean fraction;
    private boolean zulu;
    private int offset;

    /** The end of the timestamp at {@code from}; -1 if there is none. */
    public int read(byte[] bytes, int from, int to) {
        if (to - from <= TO_SECOND
                || bytes[from + 4] != '-'
                || bytes[from + 7] != '-'
                || bytes[from + 10] != 'T'
                || bytes[from + 13] != ':'
                || bytes[from + 16] != ':') {
            return -1;
        }
        int year = digits(bytes, from, 4);
        int month = digits(bytes, from + 5, 2);
        int day = digits(bytes, from + 8, 2);
        int hour = digits(bytes, from + 11, 2);
        int minute = digits(bytes, from + 14, 2);
        int second = digits(bytes, from + 17, 2);
        boolean valid = year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOfMonth(year, month)
                && hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second <= 60;
        if (!valid) {
            return -1;
        }
        int at = fraction(bytes, from + TO_SECOND, to);
        if (at < 0 || at == to) {
            return -1;
        }
        zulu = bytes[at] == 'Z';
        offset = 0;
        if (zulu) {
            at++;
        } else {
            int sign = bytes[at] == '+' ? 1 : -1;
            int offsetEnd = offsetEnd(bytes, at, to);
            if (offsetEnd < 0) {
                return -1;
            }
            int minutes = digits(bytes, offsetEnd - 2, 2);
            offset = sign * (digits(bytes, at + 1, 2) * 3600 + minutes * 60);
            at = offsetEnd;
        }
        epochSecond = epochDay(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L + second - offset;
        return at;
    }

    public long epochSecond() {
        return epochSecond;
    }

    /** Its UTC offset, in seconds. */
    public int offset() {
        return offset;
    }

    public int nano() {
        return nano;
    }

    /** Whether the timestamp had fractions of a second. */
    public boolean fraction() {
        return fraction;
    }

    /** Whether it ended in Z, as container engines write it and HAProxy and rsyslog do not. */
    public boolean zulu() {
        return zulu;
    }

    private int fraction(byte[] bytes, int from, int to) {
        nano = 0;
        fraction = bytes[from] == '.';
        if (!fraction) {
            return from;
        }
        int at = from + 1;
        int digits = 0;
        for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            if (digits < NANO_DIGITS) {
                nano = nano * 10 + bytes[at] - '0';
                digits++;
            }
        }
        for (int i = digits; i < NANO_DIGITS; i++) {
            nano *= 10;
        }
        return digits == 0 ? -1 : at;
    }

    /** The end of {@code +05:30} or {@code +0530}; -1 if neither is here. */
    private static int offsetEnd(byte[] bytes, int at, int to) {
        if (bytes[at] != '+' && bytes[at] != '-' || to - at < 5 || digits(bytes, at + 1, 2) < 0) {
            return -1;
        }
        int minutes = bytes[at + 3] == ':' ? at + 4 : at + 3;
        return to - minutes >= 2 && digits(bytes, minutes, 2) >= 0 ? minutes + 2 : -1;
    }

    /** The number in {@code count} digits; -1 if one of them is not a digit. */
    public static int digits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int daysOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01 in the Gregorian calendar, counting years from March so that the leap day comes last. */
    private static long epochDay(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
