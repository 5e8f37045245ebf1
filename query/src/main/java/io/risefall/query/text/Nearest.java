package io.risefall.query.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The known word that somebody who mistyped probably meant. */
public final class Nearest {
    /** What is longer than any name is no slip of the finger. */
    static final int LONGEST = 255;

    /** Comparisons of letters for one answer, a part of a second: enough for a hundred thousand servers of usual names. */
    static final long MOST_STEPS = 30_000_000;

    private Nearest() {}

    /** The candidate with the fewest edits, if it is near enough to be meant; none where finding it would take long. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        // At least as many edits as one is longer than the other.
        List<String> possible = candidates.stream()
                .filter(candidate -> Math.abs(word.length() - candidate.length()) <= most(candidate))
                .toList();
        long steps = possible.stream()
                .mapToLong(candidate -> (long) word.length() * candidate.length())
                .sum();
        if (steps > MOST_STEPS) {
            return Optional.empty();
        }
        return possible.stream()
                .map(candidate -> new Distant(candidate, distance(word, candidate)))
                .min(Comparator.comparingInt(Distant::edits).thenComparing(Distant::word))
                .filter(nearest -> nearest.edits() <= most(nearest.word()))
                .map(Distant::word);
    }

    private record Distant(String word, int edits) {}

    /** How many edits make a word another one. */
    private static int most(String candidate) {
        return Math.max(2, candidate.length() / 3);
    }

    /** {@code ; did you mean X?}, or nothing. */
    public static String hint(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    /** Edits from one to the other: insertions, deletions, replacements, and neighbours that changed places. */
    private static int distance(String left, String right) {
        int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(left, right, edits, i, j);
            }
        }
        return edits[left.length()][right.length()];
    }

    private static int cheapest(String left, String right, int[][] edits, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int cheapest = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cheapest, edits[i - 2][j - 2] + 1) : cheapest;
    }
}
