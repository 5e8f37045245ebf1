/** The web site: all pages put together. */
@NullMarked
package io.risefall.query.site;

import org.jspecify.annotations.NullMarked;
