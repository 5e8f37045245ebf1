/** Silences on the web site: which hold, and forms that begin and end one. */
@NullMarked
package io.risefall.query.page.silence;

import org.jspecify.annotations.NullMarked;
