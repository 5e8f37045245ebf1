/** The first page: what is down now, and what else needs somebody. */
@NullMarked
package io.risefall.query.page.now;

import org.jspecify.annotations.NullMarked;
