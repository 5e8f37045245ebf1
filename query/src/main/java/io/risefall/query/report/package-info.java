/**
 * The report of one day: read from the views ({@link io.risefall.query.report.DayReports}), judged by pure rules
 * ({@link io.risefall.query.report.Causes}), printed in four formats ({@link io.risefall.query.report.ReportFormat}).
 * And how a number came about: asked ({@link io.risefall.query.report.Asked}), traced to lines
 * ({@link io.risefall.query.report.Explanations}), printed in three formats ({@link io.risefall.query.report.ExplainFormat}).
 */
@NullMarked
package io.risefall.query.report;

import org.jspecify.annotations.NullMarked;
