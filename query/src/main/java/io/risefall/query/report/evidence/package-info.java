/** What stands behind the numbers of a day's page: one class for the traces of each kind of row. */
@NullMarked
package io.risefall.query.report.evidence;

import org.jspecify.annotations.NullMarked;
