package io.risefall.app.mcp;

import io.risefall.app.serving.QueryClient;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.question.ExplainQuestion;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/** {@code explain}: the log lines behind a number. */
final class ExplainTool implements McpTool {
    @Override
    public String name() {
        return "explain";
    }

    @Override
    public ToolAnswer call(ToolArguments arguments, QueryClient client, ZoneId zone) throws Exception {
        ExplainTarget asked =
                ExplainTarget.parse(Objects.requireNonNull(arguments.text("number")), zone, LocalDate.now(zone));
        return QuestionAnswer.ask(
                client, new ExplainQuestion(), ExplainQuestion.parameters(asked, zone, ExplainFormat.JSON));
    }
}
