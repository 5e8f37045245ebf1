package io.risefall.query.http.service;

import io.risefall.query.http.Answer;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.metrics.ServiceTimes;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.Questions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** Questions such as {@code report}, which may take seconds, in one queue, whether a program asks or a browser. Any thread. */
public final class UserQuestions implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final int WAITING = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long ANSWER_BYTES = 1L << 30;

    private final Questions questions;
    private final Path folder;
    private final ServiceTimes times;
    private final WorkQueue queue = new WorkQueue("reports", AT_ONCE, WAITING, PATIENCE);

    /** @param folder where long answers lie until they are sent */
    public UserQuestions(Questions questions, Path folder, ServiceTimes times) {
        this.questions = questions;
        this.folder = folder;
        this.times = times;
    }

    /** The answer as a document, with the exit code of the question's command in a header; fails as {@link WorkQueue#submit} does. */
    public CompletionStage<Answer> answer(Question question, QuestionParameters parameters) {
        return times.timed(question.name(), queue.submit(() -> {
            int[] exitCode = new int[1];
            Answer answer = Answer.written(
                    contentType(parameters.text("format", "text")),
                    folder,
                    ANSWER_BYTES,
                    out -> exitCode[0] = questions.answer(question, parameters, out));
            return answer.with(QueryService.EXIT_CODE, Integer.toString(exitCode[0]));
        }));
    }

    private static String contentType(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "json" -> "application/json";
            case "csv" -> "text/csv; charset=utf-8";
            case "html" -> "text/html; charset=utf-8";
            case "markdown" -> "text/markdown; charset=utf-8";
            default -> "text/plain; charset=utf-8";
        };
    }

    @Override
    public void close() {
        queue.close();
    }
}
