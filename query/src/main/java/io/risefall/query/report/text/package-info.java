/** The phrases of a report that several formats or sections share. */
@NullMarked
package io.risefall.query.report.text;

import org.jspecify.annotations.NullMarked;
