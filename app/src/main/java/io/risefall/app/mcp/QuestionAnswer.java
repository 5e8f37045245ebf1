package io.risefall.app.mcp;

import io.risefall.app.serving.QueryClient;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import java.io.ByteArrayOutputStream;

/** A question's answer in JSON, as its command prints it. */
final class QuestionAnswer {
    private QuestionAnswer() {}

    static ToolAnswer ask(QueryClient client, Question question, QuestionParameters parameters) throws Exception {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        client.ask(question, parameters, json);
        return ToolAnswer.quoted(RpcMessage.JSON.readTree(json.toByteArray()));
    }
}
