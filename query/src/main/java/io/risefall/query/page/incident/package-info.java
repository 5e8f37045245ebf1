/** Incidents: which there were, and all about one. */
@NullMarked
package io.risefall.query.page.incident;

import org.jspecify.annotations.NullMarked;
