package io.risefall.query.page.timeline;

import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import java.util.ArrayList;
import java.util.List;

/** What a strip shows, in words. */
final class StripWords {
    private StripWords() {}

    /** {@code down 2 times, 4 min 3 s in all; unknown 1 h}. */
    static String server(StripRow row) {
        List<String> parts = new ArrayList<>();
        if (row.downs() > 0) {
            parts.add(
                    row.downs() == 1
                            ? "down once, " + Durations.text(row.downMs())
                            : "down " + times(row.downs()) + ", " + Durations.text(row.downMs()) + " in all");
        }
        addStates(parts, row);
        if (parts.isEmpty()) {
            parts.add(
                    row.standbyMs() > 0 ? "standing by " + Durations.text(row.standbyMs()) : "well as far as is known");
        }
        return String.join("; ", parts);
    }

    /** {@code no server left once, 3 s; 2 of 12 servers down, 5 times, 4 min 3 s in all}. */
    static String backend(StripRow row) {
        List<String> parts = new ArrayList<>();
        if (row.emptyTimes() > 0) {
            parts.add("no server left " + times(row.emptyTimes()) + ", " + Durations.text(row.emptyMs()));
        }
        if (row.downServers() > 0) {
            parts.add(Counts.grouped(row.downServers()) + " of " + Counts.servers(row.servers()) + " down "
                    + times(row.downs()) + ", " + Durations.text(row.downMs()) + " in all");
        }
        if (parts.isEmpty()) {
            addStates(parts, row);
        }
        return parts.isEmpty() ? "well as far as is known" : String.join("; ", parts);
    }

    private static void addStates(List<String> parts, StripRow row) {
        add(parts, "unknown", row.unknownMs());
        add(parts, "in maintenance", row.maintMs());
        add(parts, "draining", row.drainMs());
    }

    private static void add(List<String> parts, String state, long millis) {
        if (millis > 0) {
            parts.add(state + " " + Durations.text(millis));
        }
    }

    private static String times(long count) {
        return count == 1 ? "once" : Counts.grouped(count) + " times";
    }
}
