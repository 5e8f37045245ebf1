package io.risefall.query.budget;

import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who has spent it, in one sentence. */
final class BudgetSentence {
    private final String period;
    private final List<BudgetRow> rows;

    /** @param rows worst first; at least one */
    BudgetSentence(String period, List<BudgetRow> rows) {
        this.period = period;
        this.rows = rows;
    }

    String text() {
        List<BudgetRow> spent = rows.stream().filter(BudgetRow::isSpent).toList();
        List<BudgetRow> maybe = rows.stream().filter(BudgetRow::mayBeSpent).toList();
        String also = maybe.isEmpty()
                ? ""
                : "; " + Counts.plural(maybe.size(), "other") + " may have, which the log does not tell";
        if (!spent.isEmpty()) {
            BudgetRow worst = spent.get(0);
            return subject(worst) + " has spent the error budget of " + period + ": " + how(worst) + ", where "
                    + Durations.text(worst.allowedMs()) + " is allowed"
                    + (spent.size() == 1 ? "" : "; so have " + Counts.plural(spent.size() - 1, "other")) + also + ".";
        }
        BudgetRow next = rows.get(0);
        if (!maybe.isEmpty()) {
            return "Nobody is known to have spent the error budget of " + period + ", but "
                    + lower(subject(maybe.get(0))) + " may have"
                    + (maybe.size() == 1 ? "" : ", and " + Counts.plural(maybe.size() - 1, "other")) + ": "
                    + Durations.text(maybe.get(0).spentMs()) + " is spent for certain, up to "
                    + Durations.text(maybe.get(0).spentHighMs()) + " is possible, and "
                    + Durations.text(maybe.get(0).allowedMs()) + " is allowed.";
        }
        return next.spentMs() == 0
                ? "Nobody has spent anything of the error budget of " + period + "."
                : "Nobody has spent the error budget of " + period + "; " + lower(subject(next)) + " has least left, "
                        + percent(next.left()) + " %: " + how(next) + ", where " + Durations.text(next.allowedMs())
                        + " is allowed.";
    }

    private static String subject(BudgetRow row) {
        return switch (row.kind()) {
            case BudgetRow.SERVER -> "Server " + row.name();
            case BudgetRow.BACKEND -> "Backend " + row.name();
            default -> "The capacity of backend " + row.name();
        };
    }

    private static String lower(String subject) {
        return subject.substring(0, 1).toLowerCase(Locale.ROOT) + subject.substring(1);
    }

    private static String how(BudgetRow row) {
        String spent = Durations.text(row.spentMs());
        return switch (row.kind()) {
            case BudgetRow.SERVER -> spent + " down";
            case BudgetRow.BACKEND -> spent + " without a server";
            default -> "as much as " + spent + " without any";
        };
    }

    /** {@code 12.34} of 0.1234..., rounded down: what is left is never less than it says. */
    static String percent(@Nullable Double share) {
        return share == null
                ? "–"
                : new BigDecimal(share * 100).setScale(2, RoundingMode.FLOOR).toPlainString();
    }

    /** {@code 0}, {@code 0.25}, {@code 1.5}, {@code 1000}. */
    static String number(double rate) {
        return new BigDecimal(rate)
                .setScale(rate < 10 ? 2 : rate < 100 ? 1 : 0, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
