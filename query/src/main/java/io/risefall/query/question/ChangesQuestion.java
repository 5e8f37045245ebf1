package io.risefall.query.question;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.change.Changes;
import io.risefall.query.change.ChangesRequest;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Since;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** {@code changes}: what was done, and when. */
public final class ChangesQuestion implements Question {
    public static final String SINCE = "7d";

    @Override
    public String name() {
        return "changes";
    }

    /** @throws IllegalArgumentException with a sentence for whom asked, where one of them is invalid */
    public static QuestionParameters parameters(String since, ServerTarget target, ZoneId zone, AnswerFormat format) {
        QuestionParameters parameters = new QuestionParameters(
                        Map.of("since", since, "zone", zone.getId(), "format", format.name()))
                .with(target);
        request(parameters, zone, Instant.now());
        return parameters;
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        ChangesRequest request = request(parameters, context.zone(), context.now());
        parameters.format(AnswerFormat.TEXT).write(Changes.of(context.views(), request), out);
        return ANSWERED;
    }

    private static ChangesRequest request(QuestionParameters parameters, ZoneId usual, Instant now) {
        ZoneId zone = parameters.zone(usual);
        return new ChangesRequest(Since.of(parameters.text("since", SINCE), zone, now), now, parameters.target(), zone);
    }
}
