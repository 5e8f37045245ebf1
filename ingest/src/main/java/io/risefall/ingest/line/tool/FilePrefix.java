package io.risefall.ingest.line.tool;

import java.util.List;

/** The name of a file and the number of a line, as grep and cat put them before it. Used by one thread. */
final class FilePrefix {
    private static final byte[] STANDARD_INPUT = PrefixLine.ascii("(standard input)");

    /** Parts of the names of log files. */
    private static final List<byte[]> OF_FILES = List.of(
            ToolPrefix.HAPROXY,
            PrefixLine.ascii("log"),
            PrefixLine.ascii("messages"),
            PrefixLine.ascii("journal"),
            PrefixLine.ascii("daemon"),
            PrefixLine.ascii(".txt"),
            PrefixLine.ascii(".out"),
            PrefixLine.ascii(".gz"),
            PrefixLine.ascii(".json"));

    private final PrefixLine line;

    FilePrefix(PrefixLine line) {
        this.line = line;
    }

    /** The end of the prefix at {@code from}; -1 if there is none. */
    int end(int from) {
        int digits = line.number(from);
        if (digits > from) {
            boolean ends = digits < line.to
                    && (line.bytes[digits] == ':' || line.bytes[digits] == '-' || line.bytes[digits] == '\t');
            return ends ? digits + 1 : -1;
        }
        int name = fileName(from);
        if (name < 0) {
            return -1;
        }
        int number = line.number(name + 1);
        boolean numbered = number > name + 1 && number < line.to && line.bytes[number] == line.bytes[name];
        return numbered ? number + 1 : name + 1;
    }

    /**
     * The position of the colon or hyphen after the name of a file. A name can contain both, so a header must be able to
     * begin after it: with a capital letter, a bracket, or a time. The rest of a name is removed next.
     */
    private int fileName(int from) {
        if (line.startsWith(STANDARD_INPUT, from)) {
            int end = from + STANDARD_INPUT.length;
            return end < line.to && (line.bytes[end] == ':' || line.bytes[end] == '-') ? end : -1;
        }
        int blank = from;
        while (blank < line.to && line.bytes[blank] != ' ' && blank - from < PrefixLine.LONGEST_NAME) {
            blank++;
        }
        for (int at = from + 1; at + 1 < blank; at++) {
            boolean mark = line.bytes[at] == ':' || line.bytes[at] == '-';
            if (mark && beginsHeader(at) && isFileName(from, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a header can begin after the mark, or after a line number between two such marks. */
    private boolean beginsHeader(int mark) {
        int number = line.number(mark + 1);
        boolean numbered = number > mark + 1 && number + 1 < line.to && line.bytes[number] == line.bytes[mark];
        int at = numbered ? number + 1 : mark + 1;
        byte first = line.bytes[at];
        boolean small = first >= 'a' && first <= 'z' && (line.bytes[mark] == ':' || isMonthWord(at));
        boolean letter = first >= 'A' && first <= 'Z' || first < 0 || small;
        return letter || first == '<' || first == '[' || first == '{' || isTimeLike(at);
    }

    /** Three to five letters and a space: a month or a weekday in lower case. */
    private boolean isMonthWord(int from) {
        int end = from;
        while (end < line.to
                && (line.bytes[end] >= 'a' && line.bytes[end] <= 'z'
                        || line.bytes[end] < 0
                        || line.bytes[end] == '.')) {
            end++;
        }
        return end - from >= 3 && end - from <= 6 && end < line.to && line.bytes[end] == ' ';
    }

    /** {@code 2026-11-}, {@code 2026/11/}, {@code 1795393316.}. */
    private boolean isTimeLike(int from) {
        int end = line.number(from);
        boolean year = end - from == 4
                && line.to - end > 3
                && (line.bytes[end] == '-' || line.bytes[end] == '/')
                && PrefixLine.isDigit(line.bytes[end + 1])
                && PrefixLine.isDigit(line.bytes[end + 2])
                && line.bytes[end + 3] == line.bytes[end];
        return year || end - from == 10 && end < line.to && line.bytes[end] == '.';
    }

    private boolean isFileName(int from, int end) {
        boolean path = line.bytes[from] == '/' || line.bytes[from] == '.' || line.bytes[from] == '~';
        if (!path && OF_FILES.stream().noneMatch(part -> line.contains(part, from, end))) {
            return false;
        }
        return line.hasLetter(from, end) && line.indexOf('"', from, end) < 0 && line.indexOf('[', from, end) < 0;
    }
}
