package io.risefall.query.haproxy;

import java.util.List;

/**
 * A line that is not empty.
 *
 * @param certain false: it is within an {@code .if} of which the file does not tell whether it applies
 */
record ConfigLine(Place place, List<Word> words, boolean certain) {
    ConfigLine {
        words = List.copyOf(words);
    }

    /** The word at a position; an empty one behind the last. */
    Word word(int index) {
        return index < words.size() ? words.get(index) : new Word("", true);
    }

    String text(int index) {
        return word(index).text();
    }

    boolean is(String first) {
        return word(0).is(first);
    }

    boolean is(String first, String second) {
        return is(first) && word(1).is(second);
    }

    ConfigLine from(int index) {
        return new ConfigLine(place, words.subList(Math.min(index, words.size()), words.size()), certain);
    }

    /** What this line sets where the word says it; not known where the word or the line is not. */
    <T> Configured<T> sets(Word from, T value) {
        return new Configured<>(certain && from.known() ? value : null, place);
    }

    <T> Configured<T> sets(T value) {
        return new Configured<>(certain ? value : null, place);
    }
}
