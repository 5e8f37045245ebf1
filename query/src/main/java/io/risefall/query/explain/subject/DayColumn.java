package io.risefall.query.explain.subject;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns of the view {@code server_day} that hold a number. */
public enum DayColumn {
    UP_MS,
    DOWN_MS,
    MAINT_MS,
    DRAIN_MS,
    UNKNOWN_MS,
    AVAILABILITY,
    AVAILABILITY_LOW,
    AVAILABILITY_HIGH,
    OUTAGES,
    FLAPS,
    FLAPPING_MS,
    LONGEST_MS,
    MTTR_MS,
    MTBF_MS,
    DOUBTED_UP_MS,
    DOUBTED_DOWN_MS;

    /** Its name in SQL. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a number from 0 to 1 and not a count. */
    public boolean isShare() {
        return this == AVAILABILITY || this == AVAILABILITY_LOW || this == AVAILABILITY_HIGH;
    }

    static Optional<DayColumn> of(String word) {
        return Arrays.stream(values())
                .filter(column -> column.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(DayColumn::word).toList();
    }
}
