/**
 * The report of one day: {@link io.risefall.query.report.DayReports} reads it from the views, and
 * {@link io.risefall.query.report.Reports} prints it.
 */
@NullMarked
package io.risefall.query.report;

import org.jspecify.annotations.NullMarked;
