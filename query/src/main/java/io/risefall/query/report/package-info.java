/**
 * The report of one day: read from the views ({@link io.risefall.query.report.DayReports}), judged by pure rules
 * ({@link io.risefall.query.report.Causes}), printed in four formats ({@link io.risefall.query.report.ReportFormat}).
 */
@NullMarked
package io.risefall.query.report;

import org.jspecify.annotations.NullMarked;
