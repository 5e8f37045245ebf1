package io.risefall.ingest.line.header;

import io.risefall.ingest.message.HealthPrefixes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A prefix that a tool put before a whole line, one of these at a time:
 *
 * <pre>
 * a byte order mark, blanks, tabs, {@code > }                        an editor, a mail, a page
 * {@code haproxy.log:}, {@code 123:}, {@code haproxy.log:123:}, with - for :   grep -H, -n, -C; 123 and a tab: cat -n
 * {@code haproxy_1  | }, {@code haproxy-1  | }                       docker compose logs
 * {@code web_haproxy.1.x7sd8f@node1    | }                           docker service logs
 * {@code [pod/haproxy-6d4f/haproxy] }                                kubectl logs --prefix
 * {@code [haproxy-6d4f] }, {@code haproxy-6d4f haproxy }             kubetail, stern: only where the name says haproxy
 * {@code data: }, a record separator                                 journalctl -o json-sse, json-seq
 * </pre>
 *
 * A client's text can look like any of them, so they count only at the start of a line, and only if a header follows; the
 * caller checks that. If the name is that of a HAProxy container, anything may follow.
 * Used by one thread.
 */
final class ToolPrefix {
    private static final int MAX_DIGITS = 9;
    private static final int LONGEST_NAME = 300;
    private static final int TAB = 4;

    /** journalctl indents further lines of a message by at least this many columns. */
    private static final int MAX_COLUMNS = 8;

    private static final byte[] HAPROXY = ascii("haproxy");
    private static final byte[] POD = ascii("[pod/");
    private static final byte[] STANDARD_INPUT = ascii("(standard input)");
    private static final byte[] SERVER_SENT = ascii("data: ");

    /** Parts of the names of log files. */
    private static final List<byte[]> OF_FILES = List.of(
            HAPROXY,
            ascii("log"),
            ascii("messages"),
            ascii("journal"),
            ascii("daemon"),
            ascii(".txt"),
            ascii(".out"),
            ascii(".gz"),
            ascii(".json"));

    private byte[] bytes = {};
    private int to;
    private int nameFrom;
    private int nameTo;
    private boolean ofHaproxy;

    /** The end of the prefix at {@code from}; -1 if there is none. */
    int end(byte[] line, int from, int lineTo) {
        bytes = line;
        to = lineTo;
        nameFrom = -1;
        ofHaproxy = false;
        int end = blanks(from);
        end = end < 0 ? separator(from) : end;
        end = end < 0 ? container(from) : end;
        end = end < 0 ? pod(from) : end;
        end = end < 0 ? grep(from) : end;
        return end < 0 ? words(from) : end;
    }

    /** The end of {@code NAME    | } as {@code docker service logs -t} writes it after its time; -1 if it is not there. */
    int endOfTask(byte[] line, int from, int lineTo) {
        bytes = line;
        to = lineTo;
        nameFrom = -1;
        ofHaproxy = false;
        int end = container(from);
        return end >= 0 && nameFrom > from && bytes[nameFrom - 1] == '@' ? end : -1;
    }

    /** The start of the container's or pod's name; -1 if the prefix has none. */
    int nameFrom() {
        return nameFrom;
    }

    int nameTo() {
        return nameTo;
    }

    /** Whether that name is HAProxy's. */
    boolean ofHaproxy() {
        return ofHaproxy;
    }

    private int blanks(int from) {
        int at = from;
        if (to - at > 2 && bytes[at] == (byte) 0xEF && bytes[at + 1] == (byte) 0xBB && bytes[at + 2] == (byte) 0xBF) {
            at += 3;
        }
        at = indented(at);
        while (at >= 0 && at < to && bytes[at] == '>') {
            at = indented(at + 1);
        }
        return at == from ? -1 : at;
    }

    /** The position after blanks; -1 after so many that a further line of an indented message follows. */
    private int indented(int from) {
        int columns = 0;
        int at = from;
        for (; at < to && (bytes[at] == ' ' || bytes[at] == '\t'); at++) {
            columns += bytes[at] == '\t' ? TAB : 1;
        }
        return columns > MAX_COLUMNS ? -1 : at;
    }

    private int separator(int from) {
        // A record separator, or the separators of array elements.
        if (from < to && bytes[from] == 0x1E
                || to - from > 1 && (bytes[from] == '[' || bytes[from] == ',') && bytes[from + 1] == '{') {
            return from + 1;
        }
        return startsWith(SERVER_SENT, from) ? from + SERVER_SENT.length : -1;
    }

    /**
     * {@code NAME  | }, in colours too. One blank is not enough, unless the name is that of one of several replicas or
     * HAProxy's: {@code %f | %HU} can be a log format.
     */
    private int container(int from) {
        int name = colour(from);
        int nameEnd = nameEnd(name);
        int at = colour(nameEnd);
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        int bar = colour(at);
        if (nameEnd == name || bar == nameEnd || bar >= to || bytes[bar] != '|') {
            return -1;
        }
        boolean says = contains(HAPROXY, name, nameEnd);
        boolean replica = isDigit(bytes[nameEnd - 1]) && hasNumber(name, nameEnd);
        if (!hasLetter(name, nameEnd) || !says && !replica && bar - nameEnd < 2) {
            return -1;
        }
        // The task's own name changes with every start.
        int node = indexOf('@', name, nameEnd);
        nameFrom = node < 0 ? name : node + 1;
        nameTo = nameEnd;
        ofHaproxy = says;
        int end = colour(bar + 1);
        return colour(end < to && bytes[end] == ' ' ? end + 1 : end);
    }

    /** {@code [pod/NAME/CONTAINER] }, {@code [NAME] }, {@code [NAME CONTAINER] }. */
    private int pod(int from) {
        int open = colour(from);
        if (open >= to || bytes[open] != '[') {
            return -1;
        }
        int close = indexOf(']', open, Math.min(to, open + LONGEST_NAME));
        if (close < 0 || close + 1 >= to) {
            return -1;
        }
        boolean kubectl = startsWith(POD, open);
        int name = kubectl ? open + POD.length : open + 1;
        int nameEnd = nameEnd(name);
        int container = nameEnd;
        if (nameEnd < close && bytes[nameEnd] == (kubectl ? '/' : ' ')) {
            container = nameEnd(nameEnd + 1);
        }
        boolean says = contains(HAPROXY, name, close);
        if (nameEnd == name || container != close || !hasLetter(name, nameEnd) || !kubectl && !says) {
            return -1;
        }
        nameFrom = name;
        nameTo = nameEnd;
        ofHaproxy = says;
        int end = colour(close + 1);
        return end < to && bytes[end] == ' ' ? end + 1 : -1;
    }

    /** {@code POD CONTAINER }, {@code NAMESPACE POD CONTAINER }, one of which contains haproxy. */
    private int words(int from) {
        int first = colour(from);
        int firstEnd = podNameEnd(first);
        int second = space(firstEnd, first);
        int secondEnd = podNameEnd(second);
        int third = space(secondEnd, second);
        if (third < 0) {
            return -1;
        }
        boolean says = contains(HAPROXY, first, secondEnd);
        int thirdEnd = podNameEnd(third);
        int fourth = space(thirdEnd, third);
        boolean namespace = fourth >= 0 && contains(HAPROXY, second, thirdEnd);
        if (!says && !namespace) {
            return -1;
        }
        nameFrom = namespace ? second : first;
        nameTo = namespace ? secondEnd : firstEnd;
        ofHaproxy = true;
        return namespace ? fourth : third;
    }

    /** The position after the colour and the one space at {@code end}; -1 if no name ends there. */
    private int space(int end, int begin) {
        if (begin < 0 || end <= begin) {
            return -1;
        }
        int at = colour(end);
        return at < to && bytes[at] == ' ' ? colour(at + 1) : -1;
    }

    private int grep(int from) {
        int digits = number(from);
        if (digits > from) {
            boolean ends = digits < to && (bytes[digits] == ':' || bytes[digits] == '-' || bytes[digits] == '\t');
            return ends ? digits + 1 : -1;
        }
        int name = fileName(from);
        if (name < 0) {
            return -1;
        }
        int line = number(name + 1);
        boolean numbered = line > name + 1 && line < to && bytes[line] == bytes[name];
        return numbered ? line + 1 : name + 1;
    }

    /**
     * The position of the colon or hyphen after the name of a file. A name can contain both, so a header must be able to
     * begin after it: with a capital letter, a bracket, or a time. The rest of a name is removed next.
     */
    private int fileName(int from) {
        if (startsWith(STANDARD_INPUT, from)) {
            int end = from + STANDARD_INPUT.length;
            return end < to && (bytes[end] == ':' || bytes[end] == '-') ? end : -1;
        }
        int blank = from;
        while (blank < to && bytes[blank] != ' ' && blank - from < LONGEST_NAME) {
            blank++;
        }
        for (int at = from + 1; at + 1 < blank; at++) {
            boolean mark = bytes[at] == ':' || bytes[at] == '-';
            if (mark && beginsHeader(at) && isFileName(from, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a header can begin after the mark, or after a line number between two such marks. */
    private boolean beginsHeader(int mark) {
        int line = number(mark + 1);
        boolean numbered = line > mark + 1 && line + 1 < to && bytes[line] == bytes[mark];
        int at = numbered ? line + 1 : mark + 1;
        byte first = bytes[at];
        boolean small = first >= 'a' && first <= 'z' && (bytes[mark] == ':' || isMonthWord(at));
        boolean letter = first >= 'A' && first <= 'Z' || first < 0 || small;
        return letter || first == '<' || first == '[' || first == '{' || isTimeLike(at);
    }

    /** Three to five letters and a space: a month or a weekday in lower case. */
    private boolean isMonthWord(int from) {
        int end = from;
        while (end < to && (bytes[end] >= 'a' && bytes[end] <= 'z' || bytes[end] < 0 || bytes[end] == '.')) {
            end++;
        }
        return end - from >= 3 && end - from <= 6 && end < to && bytes[end] == ' ';
    }

    /** {@code 2026-11-}, {@code 2026/11/}, {@code 1795393316.}. */
    private boolean isTimeLike(int from) {
        int end = number(from);
        boolean year = end - from == 4
                && to - end > 3
                && (bytes[end] == '-' || bytes[end] == '/')
                && isDigit(bytes[end + 1])
                && isDigit(bytes[end + 2])
                && bytes[end + 3] == bytes[end];
        return year || end - from == 10 && end < to && bytes[end] == '.';
    }

    private boolean isFileName(int from, int end) {
        boolean path = bytes[from] == '/' || bytes[from] == '.' || bytes[from] == '~';
        if (!path && OF_FILES.stream().noneMatch(part -> contains(part, from, end))) {
            return false;
        }
        return hasLetter(from, end) && indexOf('"', from, end) < 0 && indexOf('[', from, end) < 0;
    }

    private int number(int from) {
        int at = from;
        while (at < to && isDigit(bytes[at]) && at - from <= MAX_DIGITS) {
            at++;
        }
        return at - from > MAX_DIGITS && !(at < to && bytes[at] == '.') ? from : at;
    }

    /** The position after {@code ESC[36m} and similar colours. */
    private int colour(int from) {
        int at = from;
        while (at >= 0 && at + 2 < to && bytes[at] == 0x1B && bytes[at + 1] == '[') {
            int end = at + 2;
            while (end < to && (isDigit(bytes[end]) || bytes[end] == ';')) {
                end++;
            }
            if (end == to || bytes[end] != 'm') {
                return at;
            }
            at = end + 1;
        }
        return at;
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < to && end - from < LONGEST_NAME && (isWord(bytes[end]) || bytes[end] == '@' && end > from)) {
            end++;
        }
        return end;
    }

    /** As Kubernetes allows names: no capitals. */
    private int podNameEnd(int from) {
        int end = from;
        while (from >= 0
                && end < to
                && end - from < LONGEST_NAME
                && isWord(bytes[end])
                && bytes[end] != '_'
                && !(bytes[end] >= 'A' && bytes[end] <= 'Z')) {
            end++;
        }
        return end;
    }

    private boolean hasNumber(int from, int end) {
        int at = end;
        while (at > from && isDigit(bytes[at - 1])) {
            at--;
        }
        return at > from + 1 && (bytes[at - 1] == '-' || bytes[at - 1] == '_' || bytes[at - 1] == '.');
    }

    private boolean hasLetter(int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] >= 'a' && bytes[at] <= 'z' || bytes[at] >= 'A' && bytes[at] <= 'Z') {
                return true;
            }
        }
        return false;
    }

    private int indexOf(char c, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == c) {
                return at;
            }
        }
        return -1;
    }

    /** Ignores case. */
    private boolean contains(byte[] part, int from, int end) {
        for (int at = from; at + part.length <= end; at++) {
            int same = 0;
            while (same < part.length && lower(bytes[at + same]) == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    private boolean startsWith(byte[] beginning, int from) {
        return HealthPrefixes.startsWith(bytes, from, to, beginning);
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }

    private static boolean isWord(byte b) {
        return isDigit(b) || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' || b == '_' || b == '.';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
