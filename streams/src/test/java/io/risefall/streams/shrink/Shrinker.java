package io.risefall.streams.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out of a list what a failure does not need, in halves, quarters, … and at last one by one. */
public final class Shrinker {
    private Shrinker() {}

    public static <T> List<T> toFailing(List<T> list, Predicate<List<T>> fails) {
        List<T> least = new ArrayList<>(list);
        int piece = Math.max(1, least.size() / 2);
        while (true) {
            boolean smaller = false;
            for (int from = 0; from < least.size(); ) {
                List<T> without = new ArrayList<>(least.subList(0, from));
                without.addAll(least.subList(Math.min(least.size(), from + piece), least.size()));
                if (fails.test(without)) {
                    least = without;
                    smaller = true;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && !smaller) {
                return least;
            }
            piece = Math.max(1, piece / 2);
        }
    }
}
