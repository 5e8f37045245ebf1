package io.risefall.app.mcp;

import io.risefall.app.serving.QueryClient;
import io.risefall.query.diagnose.DiagnosisFormat;
import io.risefall.query.question.DiagnoseQuestion;
import io.risefall.query.subject.ServerTarget;
import java.time.ZoneId;

/** {@code diagnose}: why servers are down. */
final class DiagnoseTool implements McpTool {
    @Override
    public String name() {
        return "diagnose";
    }

    @Override
    public ToolAnswer call(ToolArguments arguments, QueryClient client, ZoneId zone) throws Exception {
        String outage = arguments.text("outage_id");
        String servers = arguments.text("servers");
        if (outage != null && servers != null) {
            throw new IllegalArgumentException("give either servers or outage_id, not both");
        }
        return QuestionAnswer.ask(
                client,
                new DiagnoseQuestion(),
                DiagnoseQuestion.parameters(
                        outage, ServerTarget.parse(servers, arguments.text("node")), zone, DiagnosisFormat.JSON));
    }
}
