/** The raw lines behind a number. */
@NullMarked
package io.risefall.query.page.line;

import org.jspecify.annotations.NullMarked;
