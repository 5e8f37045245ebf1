/** The sections of a report: each asks the views, and prints its table. */
@NullMarked
package io.risefall.query.report.section;

import org.jspecify.annotations.NullMarked;
