/**
 * The report of a day, week, month, year or any days, in sums, with what changed against the period before:
 * {@link io.risefall.query.report.period.PeriodReports} reads it from the views.
 */
@NullMarked
package io.risefall.query.report.period;

import org.jspecify.annotations.NullMarked;
