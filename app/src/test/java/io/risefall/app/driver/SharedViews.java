package io.risefall.app.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The views that two builds both have, with the columns that both have: without what {@link FinalViews} leaves out of each. */
public final class SharedViews {
    private final FinalViews.Asked older;
    private final FinalViews.Asked newer;
    private final Map<String, String> questions = new LinkedHashMap<>();

    private SharedViews(FinalViews.Asked older, FinalViews.Asked newer) {
        this.older = older;
        this.newer = newer;
    }

    /** @param without {@code VIEW} or {@code VIEW.COLUMN}, that are not compared */
    public static SharedViews of(FinalViews.Asked older, FinalViews.Asked newer, Set<String> without)
            throws InterruptedException {
        SharedViews shared = new SharedViews(older, newer);
        List<String> known = FinalViews.names(newer);
        for (String view : FinalViews.names(older)) {
            if (known.contains(view) && !without.contains(view)) {
                List<String> columns = new ArrayList<>(columns(older, view));
                columns.retainAll(columns(newer, view));
                columns.removeIf(column -> without.contains(view + "." + column));
                String selected =
                        columns.stream().map(column -> '"' + column + '"').collect(Collectors.joining(", "));
                shared.questions.put(view, "SELECT " + selected + " FROM (" + FinalViews.question(view) + ")");
            }
        }
        return shared;
    }

    private static List<String> columns(FinalViews.Asked asked, String view) throws InterruptedException {
        String head = asked.ask("FROM (" + FinalViews.question(view) + ") LIMIT 0");
        return List.of(head.strip().split(","));
    }

    public Set<String> names() {
        return Set.copyOf(questions.keySet());
    }

    /** The rows that only one of both has; empty where they are equal. */
    public String difference() throws InterruptedException {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (Map.Entry<String, String> view : questions.entrySet()) {
            expected.put(view.getKey(), rows(older, view.getValue()));
            actual.put(view.getKey(), rows(newer, view.getValue()));
        }
        return FinalViews.difference(expected, actual);
    }

    /** With their head, without which nothing was answered. */
    private static String rows(FinalViews.Asked asked, String question) throws InterruptedException {
        String rows = asked.ask(question);
        if (rows.isBlank()) {
            throw new AssertionError("no answer to " + question);
        }
        return rows.lines().sorted().collect(Collectors.joining("\n"));
    }
}
