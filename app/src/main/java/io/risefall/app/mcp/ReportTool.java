package io.risefall.app.mcp;

import io.risefall.app.serving.QueryClient;
import io.risefall.query.question.ReportQuestion;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.PeriodFormat;
import io.risefall.query.report.period.PeriodRequest;
import java.time.LocalDate;
import java.time.ZoneId;

/** {@code report}: what happened on a day, or in a period. */
final class ReportTool implements McpTool {
    @Override
    public String name() {
        return "report";
    }

    @Override
    public ToolAnswer call(ToolArguments arguments, QueryClient client, ZoneId zone) throws Exception {
        CalendarPeriod period = CalendarPeriod.parse(
                arguments.text("period"),
                arguments.text("date"),
                arguments.text("from"),
                arguments.text("to"),
                LocalDate.now(zone));
        PeriodRequest request =
                new PeriodRequest(period, zone, null, arguments.text("node"), arguments.text("backend"));
        return QuestionAnswer.ask(
                client,
                new ReportQuestion(),
                ReportQuestion.parameters(request, DayRequest.FORGOTTEN_AFTER, PeriodFormat.JSON));
    }
}
