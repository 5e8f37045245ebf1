package io.risefall.query.text;

import java.util.List;

/** Names in words. */
public final class NameList {
    private NameList() {}

    /** {@code lb1, lb2, lb3 and 2 more}: at most {@code most} of them. */
    public static String some(List<String> names, int most) {
        String named = String.join(", ", names.subList(0, Math.min(most, names.size())));
        return names.size() <= most ? named : named + " and " + (names.size() - most) + " more";
    }
}
