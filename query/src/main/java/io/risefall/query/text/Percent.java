package io.risefall.query.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A share of time in words, always rounded down: 100 % is printed only when nothing at all is missing, and 0 % only when
 * there is nothing at all. Nines are followed until the digit that is none: {@code 99.9996 %}.
 */
public final class Percent {
    private static final int MOST_DECIMALS = 6;
    private static final int FEWEST_DECIMALS = 2;

    private Percent() {}

    /** {@code part} of {@code whole}; {@code unknown} where there is no whole. */
    public static String of(long part, long whole) {
        if (whole <= 0) {
            return "unknown";
        }
        if (part >= whole) {
            return "100 %";
        }
        if (part <= 0) {
            return "0 %";
        }
        BigDecimal percent = BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole), new MathContext(30, RoundingMode.DOWN));
        for (int decimals = FEWEST_DECIMALS; ; decimals++) {
            BigDecimal cut = percent.setScale(decimals, RoundingMode.DOWN);
            BigDecimal allNines = BigDecimal.valueOf(100).subtract(BigDecimal.ONE.scaleByPowerOfTen(-decimals));
            boolean saysEnough = cut.signum() > 0 && (cut.compareTo(allNines) < 0 || cut.compareTo(percent) == 0);
            if (saysEnough || decimals == MOST_DECIMALS) {
                return cut.signum() > 0 ? cut + " %" : "under 0.000001 %";
            }
        }
    }

    /** The same as a number between 0 and 1; null where there is no whole. */
    public static @Nullable Double fraction(long part, long whole) {
        return whole <= 0 ? null : (double) part / whole;
    }
}
