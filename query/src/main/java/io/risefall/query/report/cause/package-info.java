/** The likely cause of an outage, by pure rules, and what to do next. */
@NullMarked
package io.risefall.query.report.cause;

import org.jspecify.annotations.NullMarked;
