package io.risefall.query.question;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.budget.BudgetPeriod;
import io.risefall.query.budget.BudgetRequest;
import io.risefall.query.budget.Budgets;
import io.risefall.query.subject.ServerTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code budget}: who has spent the error budget, and how fast. */
public final class BudgetQuestion implements Question {
    /** The usual target, in per cent: 43 min 12 s in a month of 30 days. */
    public static final String SLO = "99.9";

    @Override
    public String name() {
        return "budget";
    }

    /** @throws IllegalArgumentException with a sentence for whom asked, where one of them is invalid */
    public static QuestionParameters parameters(
            String slo,
            @Nullable String month,
            @Nullable String since,
            @Nullable String servers,
            @Nullable String node,
            ZoneId zone,
            AnswerFormat format) {
        QuestionParameters parameters = new QuestionParameters(
                        Map.of("slo", slo, "zone", zone.getId(), "format", format.name()))
                .with("month", month)
                .with("since", since)
                .with(ServerTarget.parse(servers, node));
        request(parameters, zone, Instant.now());
        return parameters;
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        BudgetRequest request = request(parameters, context.zone(), context.now());
        parameters.format(AnswerFormat.TEXT).write(Budgets.of(context.views(), request), out);
        return ANSWERED;
    }

    private static BudgetRequest request(QuestionParameters parameters, ZoneId usual, Instant now) {
        return new BudgetRequest(
                BudgetRequest.slo(parameters.text("slo", SLO)),
                BudgetPeriod.of(parameters.text("month"), parameters.text("since"), parameters.zone(usual), now),
                parameters.target());
    }
}
