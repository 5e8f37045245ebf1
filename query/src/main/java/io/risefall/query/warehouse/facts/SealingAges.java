package io.risefall.query.warehouse.facts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When days become files, and when their rows leave the warehouse. What corrections need is waited for in any case.
 *
 * @param seal how long a day must be over to be sealed
 * @param keep how long it must be over for its rows to leave; null: they stay
 */
public record SealingAges(Duration seal, @Nullable Duration keep) {
    /** @throws IllegalArgumentException if rows would leave before there are files */
    public SealingAges {
        if (keep != null && keep.compareTo(seal) < 0) {
            throw new IllegalArgumentException("rows cannot leave before their day is sealed");
        }
    }
}
