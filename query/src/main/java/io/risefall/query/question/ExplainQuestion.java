package io.risefall.query.question;

import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.Reports;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** {@code explain}: how a number came about. */
public final class ExplainQuestion implements Question {
    @Override
    public String name() {
        return "explain";
    }

    public static QuestionParameters parameters(ExplainTarget asked, ZoneId zone, ExplainFormat format) {
        return new QuestionParameters(Map.of("asked", asked.words(), "zone", zone.getId(), "format", format.name()));
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        ZoneId zone = parameters.zone(context.zone());
        ExplainTarget asked = ExplainTarget.parse(parameters.text("asked", ""), zone, LocalDate.now(zone));
        Reports.explain(context.views(), asked, zone, parameters.format(ExplainFormat.TEXT), out);
        return ANSWERED;
    }
}
