package io.risefall.ingest.line.tool;

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
public final class ToolPrefix {
    static final byte[] HAPROXY = PrefixLine.ascii("haproxy");
    private static final byte[] SERVER_SENT = PrefixLine.ascii("data: ");
    private static final int TAB = 4;

    /** journalctl indents further lines of a message by at least this many columns. */
    private static final int MAX_COLUMNS = 8;

    private final PrefixLine line = new PrefixLine();
    private final ContainerPrefix container = new ContainerPrefix(line);
    private final FilePrefix file = new FilePrefix(line);

    /** The end of the prefix at {@code from}; -1 if there is none. */
    public int end(byte[] text, int from, int textTo) {
        begin(text, textTo);
        int end = blanks(from);
        end = end < 0 ? separator(from) : end;
        end = end < 0 ? container.container(from) : end;
        end = end < 0 ? container.pod(from) : end;
        end = end < 0 ? file.end(from) : end;
        return end < 0 ? container.words(from) : end;
    }

    /** The end of {@code NAME    | } as {@code docker service logs -t} writes it after its time; -1 if it is not there. */
    public int endOfTask(byte[] text, int from, int textTo) {
        begin(text, textTo);
        int end = container.container(from);
        return end >= 0 && nameFrom() > from && text[nameFrom() - 1] == '@' ? end : -1;
    }

    private void begin(byte[] text, int textTo) {
        line.bytes = text;
        line.to = textTo;
        container.clear();
    }

    /** The start of the container's or pod's name; -1 if the prefix has none. */
    public int nameFrom() {
        return container.nameFrom();
    }

    public int nameTo() {
        return container.nameTo();
    }

    /** Whether that name is HAProxy's. */
    public boolean ofHaproxy() {
        return container.ofHaproxy();
    }

    private int blanks(int from) {
        int at = from;
        if (line.to - at > 2
                && line.bytes[at] == (byte) 0xEF
                && line.bytes[at + 1] == (byte) 0xBB
                && line.bytes[at + 2] == (byte) 0xBF) {
            at += 3;
        }
        at = indented(at);
        while (at >= 0 && at < line.to && line.bytes[at] == '>') {
            at = indented(at + 1);
        }
        return at == from ? -1 : at;
    }

    /** The position after blanks; -1 after so many that a further line of an indented message follows. */
    private int indented(int from) {
        int columns = 0;
        int at = from;
        for (; at < line.to && (line.bytes[at] == ' ' || line.bytes[at] == '\t'); at++) {
            columns += line.bytes[at] == '\t' ? TAB : 1;
        }
        return columns > MAX_COLUMNS ? -1 : at;
    }

    private int separator(int from) {
        // A record separator, or the separators of array elements.
        if (from < line.to && line.bytes[from] == 0x1E
                || line.to - from > 1
                        && (line.bytes[from] == '[' || line.bytes[from] == ',')
                        && line.bytes[from + 1] == '{') {
            return from + 1;
        }
        return line.startsWith(SERVER_SENT, from) ? from + SERVER_SENT.length : -1;
    }
}
