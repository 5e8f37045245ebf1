package io.risefall.query.alert.backtest;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.alert.model.AlertSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What would have been sent. Fields are only added.
 *
 * @param downLines lines that said DOWN, copies included
 * @param upLines lines that said UP, copies included
 * @param outages outages that began, of each node
 * @param messages messages by what they report
 * @param days those of the zone on which something began or was said
 */
@JsonPropertyOrder({
    "format",
    "sentence",
    "from_at",
    "to_at",
    "zone",
    "settings",
    "down_lines",
    "up_lines",
    "outages",
    "messages",
    "days",
    "alerts",
    "notes"
})
public record Backtest(
        String format,
        String sentence,
        Instant fromAt,
        Instant toAt,
        String zone,
        AlertSettings settings,
        long downLines,
        long upLines,
        long outages,
        Map<String, Long> messages,
        List<BacktestDay> days,
        List<BacktestAlert> alerts,
        List<String> notes) {
    static final String FORMAT = "risefall-alert-backtest/1";
}
