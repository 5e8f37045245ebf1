package io.risefall.ingest.line.timestamp;

/**
 * A time in one of the forms that programs, tools and people write, but no syslog daemon by itself:
 *
 * <pre>
 * 2023-04-04 15:54:43  2023/04/04 15:54:43  2023-04-04T15:54:43     also with .123456 or ,123, in brackets
 * 2023-04-04 15:54:43 UTC, EST, +03, +0300, +03:00, UTC+3, Z        with a zone
 * Tue 2023-04-04 15:54:43 CEST                                      journalctl -o short-full
 * Apr 4 15:54:43  Apr  4 15:54:43.123  M\u00e4r 04 15:54:43            not padded, fractions, other languages
 * Apr  4 2023 15:54:43  Apr  4 15:54:43 2023  4 Apr 2023 15:54:43   with a year
 * Tue Apr  4 15:54:43 2023  Tue Apr  4 15:54:43 CEST 2023           asctime, date
 * </pre>
 *
 * A space follows each, also after a colon. HAProxy's date of a request, {@code 04/Apr/2023:15:54:43.123}, is not one of
 * them: it begins traffic. Gives the fields as written, without checking the calendar. Used by one thread.
 */
public final class LocalTimestamp {
    /** Longest word that can be a weekday, in bytes. */
    private static final int WEEKDAY = 12;

    private static final int NANO_DIGITS = 9;

    private byte[] bytes = {};
    private int to;
    private int at;
    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private boolean fraction;
    private int zoneFrom;
    private int zoneTo;

    /** The end of the timestamp at {@code from}, which is a space; -1 if there is none. */
    public int read(byte[] line, int from, int lineTo) {
        bytes = line;
        to = lineTo;
        at = from;
        year = 0;
        nano = 0;
        fraction = false;
        zoneFrom = -1;
        boolean bracket = skip('[');
        boolean weekday = skipWeekday();
        boolean yearFirst = isYearFirst();
        boolean read = (yearFirst ? yearFirst() : isDayFirst() ? dayFirst() : monthFirst())
                && time()
                && zone(weekday && yearFirst);
        if (!read || bracket && !skip(']')) {
            return -1;
        }
        skip(':');
        return at < to && bytes[at] == ' ' ? at : -1;
    }

    /** 0 if there is none. */
    public int year() {
        return year;
    }

    /** 1 to 12; 0 for an unknown name; other values are invalid. */
    public int month() {
        return month;
    }

    /** Day of the month; it need not exist. */
    public int day() {
        return day;
    }

    /** 0 to 99. */
    public int hour() {
        return hour;
    }

    /** 0 to 99. */
    public int minute() {
        return minute;
    }

    /** 0 to 99. */
    public int second() {
        return second;
    }

    public int nano() {
        return nano;
    }

    /** Whether it had fractions of a second. */
    public boolean fraction() {
        return fraction;
    }

    /** Where the zone begins; -1 if there is none. */
    public int zoneFrom() {
        return zoneFrom;
    }

    public int zoneTo() {
        return zoneTo;
    }

    /** {@code Tue }, {@code Tue, }, {@code mar. }: any word will do if a date follows. */
    private boolean skipWeekday() {
        int end = wordEnd(at);
        if (isDigit(at) || end - at < 2 || end - at > WEEKDAY || !isWord(at, end)) {
            return false;
        }
        int date = end;
        while (date < to && bytes[date] == ' ') {
            date++;
        }
        int dateEnd = wordEnd(date);
        // "Apr 4 15:54:43" has no word or year after its first word, and "4 Apr 2023" begins with a digit.
        boolean named = MonthNames.month(bytes, date, dateEnd) > 0;
        boolean dated = dateEnd - date >= "2023-4-4".length() && number(date, 4) >= 0 && !isDigit(date + 4)
                || dateEnd - date <= 2
                        && isDigit(date)
                        && MonthNames.month(bytes, dateEnd + 1, wordEnd(dateEnd + 1)) > 0;
        if (!named && !dated) {
            return false;
        }
        at = date;
        return true;
    }

    private boolean isYearFirst() {
        return to - at > 4 && number(at, 4) >= 0 && (bytes[at + 4] == '-' || bytes[at + 4] == '/');
    }

    /** {@code 11月} is a month. */
    private boolean isDayFirst() {
        return isDigit(at) && MonthNames.month(bytes, at, wordEnd(at)) == 0;
    }

    private boolean yearFirst() {
        year = number(at, 4);
        at += 4;
        byte part = bytes[at++];
        month = digits(2);
        if (month < 0 || !skip((char) part)) {
            return false;
        }
        day = digits(2);
        return day >= 0 && (skip('T') || skip(' ') || skip('_'));
    }

    /** {@code 4 Apr 2023 }. */
    private boolean dayFirst() {
        day = digits(2);
        skip('.');
        if (day < 0 || !skip(' ')) {
            return false;
        }
        int end = wordEnd(at);
        month = MonthNames.month(bytes, at, end);
        at = end;
        return month > 0 && skip(' ') && yearHere() && skip(' ');
    }

    /** {@code Apr  4 }, {@code Apr  4 2023 }. */
    private boolean monthFirst() {
        int end = wordEnd(at);
        month = MonthNames.month(bytes, at, end);
        if (month == 0 && !isWord(at, end)) {
            return false;
        }
        at = end;
        if (!skipSpaces()) {
            return false;
        }
        day = digits(2);
        skip(',');
        if (day < 0 || !skip(' ')) {
            return false;
        }
        return !yearHere() || skip(' ');
    }

    /** {@code 15:54:43}, {@code 15:54:43.123}, {@code 15:54:43,123}. */
    private boolean time() {
        hour = digits(2);
        if (hour < 0 || !skip(':')) {
            return false;
        }
        minute = number(at, 2);
        at += 2;
        if (minute < 0 || !skip(':')) {
            return false;
        }
        second = number(at, 2);
        at += 2;
        if (second < 0 || isDigit(at)) {
            return false;
        }
        fraction = at < to && (bytes[at] == '.' || bytes[at] == ',') && isDigit(at + 1);
        if (fraction) {
            at++;
            int digits = 0;
            for (; isDigit(at); at++) {
                if (digits < NANO_DIGITS) {
                    nano = nano * 10 + bytes[at] - '0';
                    digits++;
                }
            }
            for (; digits < NANO_DIGITS; digits++) {
                nano *= 10;
            }
        }
        return true;
    }

    /** A zone, a year, both in either order, or nothing. */
    private boolean zone(boolean journalctl) {
        if (at < to && (bytes[at] == 'Z' || bytes[at] == '+' || bytes[at] == '-')) {
            return takeZone(at);
        }
        boolean yearBehind = year == 0;
        if (yearBehind && at < to && bytes[at] == ' ') {
            at++;
            if (!yearHere()) {
                at--;
            }
        }
        if (at < to && bytes[at] == ' ') {
            int word = at + 1;
            int end = zoneEnd(word);
            // journalctl always prints a zone, whatever it is called, and date between time and year.
            boolean always = journalctl || yearBehind && year == 0 && isYearBehind(end);
            if (ZoneAbbreviations.isZone(bytes, word, end) || always && ZoneAbbreviations.canBeZone(bytes, word, end)) {
                return takeZone(word) && (year > 0 || !isYearBehind(at) || skip(' ') && yearHere());
            }
        }
        return true;
    }

    private boolean isYearBehind(int space) {
        return space < to && bytes[space] == ' ' && isYear(space + 1);
    }

    private boolean takeZone(int from) {
        zoneFrom = from;
        zoneTo = zoneEnd(from);
        at = zoneTo;
        return ZoneAbbreviations.isZone(bytes, zoneFrom, zoneTo) || bytes[from] != '+' && bytes[from] != '-';
    }

    /** A colon ends it only at its end, not within {@code +03:00}. */
    private int zoneEnd(int from) {
        int end = from;
        while (end < to && bytes[end] != ' ' && bytes[end] != ']') {
            end++;
        }
        return end > from && bytes[end - 1] == ':' ? end - 1 : end;
    }

    private boolean yearHere() {
        if (!isYear(at)) {
            return false;
        }
        year = number(at, 4);
        at += 4;
        return true;
    }

    /** {@code 1970} to {@code 2099}, and no digit after it. */
    private boolean isYear(int from) {
        int number = to - from >= 4 ? number(from, 4) : -1;
        boolean ends = from + 4 == to
                || to > from + 4 && (bytes[from + 4] == ' ' || bytes[from + 4] == ':' || bytes[from + 4] == ']');
        return number >= 1970 && number < 2100 && ends;
    }

    private boolean skip(char c) {
        if (at < to && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skipSpaces() {
        int from = at;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at > from;
    }

    /** One digit to {@code most}; -1 if there is none. */
    private int digits(int most) {
        int value = 0;
        int from = at;
        while (at < to && at - from < most && isDigit(at)) {
            value = value * 10 + bytes[at++] - '0';
        }
        return at == from ? -1 : value;
    }

    /** Exactly {@code count} digits; -1 if they are not there. */
    private int number(int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (!isDigit(i)) {
                return -1;
            }
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private boolean isDigit(int i) {
        return i < to && bytes[i] >= '0' && bytes[i] <= '9';
    }

    /** Letters of any language, and a full stop or comma after them. */
    private boolean isWord(int from, int end) {
        // A byte order mark begins so, and no letter that a month has.
        if (end <= from || bytes[from] == (byte) 0xEF) {
            return false;
        }
        int last = bytes[end - 1] == '.' || bytes[end - 1] == ',' ? end - 1 : end;
        for (int i = from; i < last; i++) {
            byte b = bytes[i];
            boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b < 0;
            if (!letter) {
                return false;
            }
        }
        return last > from;
    }

    private int wordEnd(int from) {
        int end = Math.min(from, to);
        while (end < to && bytes[end] != ' ') {
            end++;
        }
        return end;
    }
}
