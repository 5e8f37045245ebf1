package io.risefall.query.question;

import io.risefall.query.reconcile.RecordedStates;
import io.risefall.query.text.PrettyJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code reconcile}: what Risefall knows of the servers of a node since a process of HAProxy began, as JSON. The command compares it
 * with the counters: they are on its host, and not on the service's.
 */
public final class ReconcileQuestion implements Question {
    private static final String NODE = "of-node";
    private static final String PID = "pid";
    private static final String BEGUN_AT = "begun-at";

    @Override
    public String name() {
        return "reconcile";
    }

    /** See {@link RecordedStates#read}. */
    public static QuestionParameters parameters(@Nullable String node, @Nullable Long pid, @Nullable Instant begunAt) {
        return new QuestionParameters(Map.of())
                .with(NODE, node)
                .with(PID, pid == null ? null : pid.toString())
                .with(BEGUN_AT, begunAt == null ? null : begunAt.toString());
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        RecordedStates states =
                RecordedStates.read(context.views(), parameters.text(NODE), pid(parameters), begunAt(parameters));
        out.write(PrettyJson.of(states).getBytes(StandardCharsets.UTF_8));
        return ANSWERED;
    }

    private static @Nullable Long pid(QuestionParameters parameters) {
        String text = parameters.text(PID);
        return text == null ? null : Long.valueOf(text);
    }

    private static @Nullable Instant begunAt(QuestionParameters parameters) {
        String text = parameters.text(BEGUN_AT);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(BEGUN_AT + " must be a time in UTC: " + e.getMessage(), e);
        }
    }
}
