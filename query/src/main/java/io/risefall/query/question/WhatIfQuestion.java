package io.risefall.query.question;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Since;
import io.risefall.query.whatif.WhatIfRequest;
import io.risefall.query.whatif.WhatIfs;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code whatif}: what other values of fall and rise would have changed. */
public final class WhatIfQuestion implements Question {
    public static final String SINCE = "7d";

    @Override
    public String name() {
        return "whatif";
    }

    /** @throws IllegalArgumentException with a sentence for whom asked, where one of them is invalid */
    public static QuestionParameters parameters(
            @Nullable String fall,
            @Nullable String rise,
            @Nullable String inter,
            String since,
            ServerTarget target,
            ZoneId zone,
            AnswerFormat format) {
        QuestionParameters parameters = new QuestionParameters(
                        Map.of("since", since, "zone", zone.getId(), "format", format.name()))
                .with("fall", fall)
                .with("rise", rise)
                .with("inter", inter)
                .with(target);
        request(parameters, zone, Instant.now());
        return parameters;
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        WhatIfRequest request = request(parameters, context.zone(), context.now());
        parameters.format(AnswerFormat.TEXT).write(WhatIfs.of(context.views(), request), out);
        return ANSWERED;
    }

    private static WhatIfRequest request(QuestionParameters parameters, ZoneId usual, Instant now) {
        ZoneId zone = parameters.zone(usual);
        String inter = parameters.text("inter");
        return new WhatIfRequest(
                number(parameters, "fall"),
                number(parameters, "rise"),
                inter == null ? null : WhatIfRequest.inter(inter),
                Since.of(parameters.text("since", SINCE), zone, now),
                now,
                parameters.target(),
                zone);
    }

    private static @Nullable Integer number(QuestionParameters parameters, String name) {
        String text = parameters.text(name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " '" + text + "' is not a number of checks, such as 3", e);
        }
    }
}
