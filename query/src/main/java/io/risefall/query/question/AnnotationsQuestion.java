package io.risefall.query.question;

import io.risefall.query.annotation.Annotations;
import io.risefall.query.text.PrettyJson;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What graphs should mark; for other programs, so there is no command. Times are milliseconds since 1970, or ISO 8601. */
public final class AnnotationsQuestion implements Question {
    private static final Duration USUAL = Duration.ofDays(1);

    @Override
    public String name() {
        return "annotations";
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        Instant to = time(parameters, "to", context.now());
        Instant from = time(parameters, "from", to.minus(USUAL));
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to: " + from + " is not before " + to);
        }
        String json = PrettyJson.of(Annotations.of(context.views(), from, to, tags(parameters.text("tags"))));
        out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        return ANSWERED;
    }

    private static Instant time(QuestionParameters parameters, String name, Instant otherwise) {
        String given = parameters.text(name);
        try {
            if (given == null || given.isEmpty()) {
                return otherwise;
            }
            return given.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(given)) : Instant.parse(given);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + " must be milliseconds since 1970, or a time such as 2026-11-23T10:00:00Z: '"
                            + Printable.of(given) + "'",
                    e);
        }
    }

    private static @Nullable List<String> tags(@Nullable String given) {
        return given == null || given.isBlank()
                ? null
                : Arrays.stream(given.split(",")).map(String::strip).toList();
    }
}
