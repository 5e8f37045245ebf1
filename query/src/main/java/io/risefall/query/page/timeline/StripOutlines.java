package io.risefall.query.page.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** A strip of equal cells, each in the worst state of its time, as few outlines: one for each state. */
final class StripOutlines {
    /** So many across: two units of the axis each. */
    static final int COUNT = 500;

    /** The letters of {@code strips.sql}, and the states whose colours they have. What nobody knew is not drawn. */
    private static final Map<Character, String> STATES =
            new TreeMap<>(Map.of('s', "standby", 'u', "up", 'd', "drain", 'm', "maint", '?', "unknown", 'x', "down"));

    private StripOutlines() {}

    /** What is drawn in one colour: an outline of all its cells, two units wide and 14 high each. */
    public record Outline(String state, String path) {}

    /** The most frequent state is drawn below the others, in one piece where they interrupt it. */
    static List<Outline> outlines(String cells) {
        int base = cells
                .chars()
                .filter(StripOutlines::isKnown)
                .boxed()
                .collect(Collectors.groupingBy(cell -> cell, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        List<Outline> outlines = new ArrayList<>();
        add(outlines, base, cells, StripOutlines::isKnown);
        STATES.keySet().stream()
                .filter(state -> state != base)
                .forEach(state -> add(outlines, state, cells, cell -> cell == state));
        return outlines;
    }

    private static boolean isKnown(int cell) {
        return STATES.containsKey((char) cell);
    }

    private static void add(List<Outline> outlines, int state, String cells, IntPredicate drawn) {
        StringBuilder path = new StringBuilder();
        int begin = -1;
        for (int i = 0; i <= cells.length(); i++) {
            boolean inside = i < cells.length() && drawn.test(cells.charAt(i));
            if (inside && begin < 0) {
                begin = i;
            } else if (!inside && begin >= 0) {
                int width = 2 * (i - begin);
                path.append('M')
                        .append(2 * begin)
                        .append(" 0h")
                        .append(width)
                        .append("v14h-")
                        .append(width)
                        .append('z');
                begin = -1;
            }
        }
        if (!path.isEmpty()) {
            outlines.add(new Outline(STATES.get((char) state), path.toString()));
        }
    }
}
