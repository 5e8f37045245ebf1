package io.risefall.query.whatif;

import org.jspecify.annotations.Nullable;

/**
 * The values that are tried.
 *
 * @param fall failed checks until DOWN; null: as it was
 * @param rise passed checks until UP; null: as it was
 */
record Setting(@Nullable Integer fall, @Nullable Integer rise) {
    int fall(int asItWas) {
        return fall == null ? asItWas : fall;
    }

    int rise(int asItWas) {
        return rise == null ? asItWas : rise;
    }
}
