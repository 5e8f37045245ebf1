package io.risefall.query.question;

import io.risefall.query.subject.ServerTarget;
import io.risefall.query.verify.PluginResult;
import io.risefall.query.verify.Verifier;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** {@code verify}: whether servers are well, and have been for some time. */
public final class VerifyQuestion implements Question {
    /** Longer than most checks need to pass again, shorter than a night. */
    public static final Duration WINDOW = Duration.ofMinutes(10);

    private static final String WINDOW_NAME = "for";

    @Override
    public String name() {
        return "verify";
    }

    public static QuestionParameters parameters(ServerTarget target, Duration window) {
        return new QuestionParameters(Map.of(WINDOW_NAME, window.toString())).with(target);
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        PluginResult result = Verifier.verify(
                context.views(),
                context.reading(),
                parameters.target(),
                parameters.duration(WINDOW_NAME, WINDOW),
                context.now());
        out.write((result.line() + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return result.status().exitCode();
    }
}
