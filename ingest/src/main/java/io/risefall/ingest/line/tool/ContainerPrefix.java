package io.risefall.ingest.line.tool;

/**
 * The name of a container or a pod, as the tools of container engines put it before a line: see {@link ToolPrefix}. Used by
 * one thread.
 */
final class ContainerPrefix {
    private static final byte[] POD = PrefixLine.ascii("[pod/");

    private final PrefixLine line;
    private int nameFrom;
    private int nameTo;
    private boolean ofHaproxy;

    ContainerPrefix(PrefixLine line) {
        this.line = line;
    }

    /** Forgets the name that was found. */
    void clear() {
        nameFrom = -1;
        ofHaproxy = false;
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

    /**
     * {@code NAME  | }, in colours too. One blank is not enough, unless the name is that of one of several replicas or
     * HAProxy's: {@code %f | %HU} can be a log format.
     */
    int container(int from) {
        int name = line.colour(from);
        int nameEnd = line.nameEnd(name);
        int at = line.colour(nameEnd);
        while (at < line.to && line.bytes[at] == ' ') {
            at++;
        }
        int bar = line.colour(at);
        if (nameEnd == name || bar == nameEnd || bar >= line.to || line.bytes[bar] != '|') {
            return -1;
        }
        boolean says = line.contains(ToolPrefix.HAPROXY, name, nameEnd);
        boolean replica = PrefixLine.isDigit(line.bytes[nameEnd - 1]) && line.hasNumber(name, nameEnd);
        if (!line.hasLetter(name, nameEnd) || !says && !replica && bar - nameEnd < 2) {
            return -1;
        }
        // The task's own name changes with every start.
        int node = line.indexOf('@', name, nameEnd);
        nameFrom = node < 0 ? name : node + 1;
        nameTo = nameEnd;
        ofHaproxy = says;
        int end = line.colour(bar + 1);
        return line.colour(end < line.to && line.bytes[end] == ' ' ? end + 1 : end);
    }

    /** {@code [pod/NAME/CONTAINER] }, {@code [NAME] }, {@code [NAME CONTAINER] }. */
    int pod(int from) {
        int open = line.colour(from);
        if (open >= line.to || line.bytes[open] != '[') {
            return -1;
        }
        int close = line.indexOf(']', open, Math.min(line.to, open + PrefixLine.LONGEST_NAME));
        if (close < 0 || close + 1 >= line.to) {
            return -1;
        }
        boolean kubectl = line.startsWith(POD, open);
        int name = kubectl ? open + POD.length : open + 1;
        int nameEnd = line.nameEnd(name);
        int container = nameEnd;
        if (nameEnd < close && line.bytes[nameEnd] == (kubectl ? '/' : ' ')) {
            container = line.nameEnd(nameEnd + 1);
        }
        boolean says = line.contains(ToolPrefix.HAPROXY, name, close);
        if (nameEnd == name || container != close || !line.hasLetter(name, nameEnd) || !kubectl && !says) {
            return -1;
        }
        nameFrom = name;
        nameTo = nameEnd;
        ofHaproxy = says;
        int end = line.colour(close + 1);
        return end < line.to && line.bytes[end] == ' ' ? end + 1 : -1;
    }

    /** {@code POD CONTAINER }, {@code NAMESPACE POD CONTAINER }, one of which contains haproxy. */
    int words(int from) {
        int first = line.colour(from);
        int firstEnd = line.podNameEnd(first);
        int second = space(firstEnd, first);
        int secondEnd = line.podNameEnd(second);
        int third = space(secondEnd, second);
        if (third < 0) {
            return -1;
        }
        boolean says = line.contains(ToolPrefix.HAPROXY, first, secondEnd);
        int thirdEnd = line.podNameEnd(third);
        int fourth = space(thirdEnd, third);
        boolean namespace = fourth >= 0 && line.contains(ToolPrefix.HAPROXY, second, thirdEnd);
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
        int at = line.colour(end);
        return at < line.to && line.bytes[at] == ' ' ? line.colour(at + 1) : -1;
    }
}
