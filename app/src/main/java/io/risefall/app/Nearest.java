package io.risefall.app;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that somebody who mistyped probably meant. */
final class Nearest {
    private Nearest() {}

    /** The candidate with the fewest edits, if it is near enough to be meant. */
    static Optional<String> to(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3));
    }

    /** {@code ; did you mean X?}, or nothing. */
    static String hint(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    /** Levenshtein: insertions, deletions and replacements. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[right.length()];
    }
}
