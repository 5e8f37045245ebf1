package io.risefall.query.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The answer for programs.
 *
 * @param format name and version of these fields
 * @param sentence who has spent it
 * @param asOf until when what is spent counts
 * @param rule how what several load balancers saw counts
 * @param budgets worst first
 * @param notes what has to be known before the numbers are trusted
 */
public record Budget(
        String format,
        String sentence,
        BigDecimal slo,
        Instant from,
        Instant to,
        String zone,
        Instant asOf,
        String rule,
        String sql,
        List<BudgetRow> budgets,
        List<String> notes) {
    static final String FORMAT = "risefall-budget/1";
}
