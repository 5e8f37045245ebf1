/**
 * What to know before you believe the numbers: each caveat reads what it needs, and is printed only where it is true.
 */
@NullMarked
package io.risefall.query.report.caveat;

import org.jspecify.annotations.NullMarked;
