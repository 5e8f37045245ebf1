package io.risefall.query.question;

import io.risefall.query.alert.backtest.BacktestRequest;
import io.risefall.query.alert.backtest.Backtests;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.time.Since;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code alert backtest}: which messages these settings would have sent. */
public final class AlertBacktestQuestion implements Question {
    public static final String SINCE = "30d";

    @Override
    public String name() {
        return "alert-backtest";
    }

    /** @throws IllegalArgumentException with a sentence for whom asked, where one of them is invalid */
    public static QuestionParameters parameters(
            String since, AlertSettings settings, ZoneId zone, AnswerFormat format) {
        QuestionParameters parameters = new QuestionParameters(
                        Map.of("since", since, "zone", zone.getId(), "format", format.name()))
                .with("hold", settings.hold().toString())
                .with("close-after", settings.closeAfter().toString())
                .with("close-unknown-after", settings.closeUnknownAfter().toString())
                .with("reopen", settings.reopen().toString())
                .with("change-every", settings.changeEvery().toString())
                .with(
                        "still-open",
                        settings.stillOpen().stream().map(Duration::toString).collect(Collectors.joining(",")))
                .with("leaderless", settings.leaderless().toString())
                .with("node-silent", settings.nodeSilent().toString())
                .with("capacity-below", Integer.toString(settings.capacityBelow()));
        request(parameters, zone, Instant.now());
        return parameters;
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        BacktestRequest request = request(parameters, context.zone(), context.now());
        parameters.format(AnswerFormat.TEXT).write(Backtests.of(context.views(), request), out);
        return ANSWERED;
    }

    private static BacktestRequest request(QuestionParameters parameters, ZoneId usual, Instant now) {
        ZoneId zone = parameters.zone(usual);
        AlertSettings usually = AlertSettings.DEFAULTS;
        AlertSettings settings = new AlertSettings(
                parameters.duration("hold", usually.hold()),
                parameters.duration("close-after", usually.closeAfter()),
                parameters.duration("close-unknown-after", usually.closeUnknownAfter()),
                parameters.duration("reopen", usually.reopen()),
                parameters.duration("change-every", usually.changeEvery()),
                times(parameters.text("still-open"), usually.stillOpen()),
                usually.maxAge(),
                parameters.duration("leaderless", usually.leaderless()),
                parameters.duration("node-silent", usually.nodeSilent()),
                usually.pipelineSilent(),
                number(parameters.text("capacity-below", "0")));
        return new BacktestRequest(settings, Since.of(parameters.text("since", SINCE), zone, now), now, zone);
    }

    private static List<Duration> times(@Nullable String text, List<Duration> otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Arrays.stream(text.split(","))
                    .filter(time -> !time.isEmpty())
                    .map(Duration::parse)
                    .toList();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("still-open must be durations such as PT1H,PT4H: " + e.getMessage(), e);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("capacity-below must be a number of servers, such as 2", e);
        }
    }
}
