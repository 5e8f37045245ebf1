package io.risefall.query.alert.backtest;

import java.time.LocalDate;

/**
 * A day of the past.
 *
 * @param outages outages that began, of each node
 * @param opened alerts that opened for the first time
 * @param messages all messages
 */
public record BacktestDay(LocalDate day, long outages, long opened, long messages) {}
