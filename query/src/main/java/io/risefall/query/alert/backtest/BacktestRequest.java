package io.risefall.query.alert.backtest;

import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.time.Since;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Which past, and by which settings.
 *
 * @param since from when
 * @param now until when
 * @param zone of days, and of times in words
 */
public record BacktestRequest(AlertSettings settings, Since since, Instant now, ZoneId zone) {}
