package io.risefall.query.budget;

import io.risefall.query.subject.ServerTarget;
import java.math.BigDecimal;

/**
 * Which budgets are asked for.
 *
 * @param slo the target, in per cent
 * @param target which servers and backends
 */
public record BudgetRequest(BigDecimal slo, BudgetPeriod period, ServerTarget target) {
    private static final int MOST_DECIMALS = 6;

    public BudgetRequest {
        checked(slo);
    }

    /** @throws IllegalArgumentException with a sentence for whom asked */
    public static BigDecimal slo(String text) {
        try {
            return checked(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid target '" + text + "': use per cent, such as 99.9", e);
        }
    }

    private static BigDecimal checked(BigDecimal slo) {
        if (slo.signum() <= 0 || slo.compareTo(BigDecimal.valueOf(100)) >= 0) {
            throw new IllegalArgumentException("a target of " + slo.toPlainString()
                    + " % has no budget: use more than 0 and less than 100, such as 99.9");
        }
        if (slo.stripTrailingZeros().scale() > MOST_DECIMALS) {
            throw new IllegalArgumentException(
                    "a target has at most " + MOST_DECIMALS + " decimals, not as many as " + slo.toPlainString());
        }
        return slo;
    }
}
