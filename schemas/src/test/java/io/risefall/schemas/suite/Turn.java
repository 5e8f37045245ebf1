package io.risefall.schemas.suite;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of many things that could be tested: one in so many, on each day others, so that all have had their turn after so many days. With the
 * profile {@code long} all of them. What was chosen is printed; {@code -Drisefall.turn=N} chooses the same again.
 */
public final class Turn {
    private Turn() {}

    /**
     * @param all in an order that does not change
     * @param what they are, in words
     */
    public static <T> List<T> oneIn(int many, List<T> all, String what) {
        if (Length.isLong()) {
            return all;
        }
        int today = Math.toIntExact(LocalDate.now(ZoneOffset.UTC).toEpochDay());
        int turn = Integer.getInteger("risefall.turn", today);
        List<T> chosen = chosen(turn, many, all);
        System.out.println(what + ": " + chosen.size() + " of " + all.size() + ", those of -Drisefall.turn=" + turn);
        return chosen;
    }

    static <T> List<T> chosen(int turn, int many, List<T> all) {
        return IntStream.range(0, all.size())
                .filter(i -> Math.floorMod(i + turn, many) == 0)
                .mapToObj(all::get)
                .toList();
    }
}
