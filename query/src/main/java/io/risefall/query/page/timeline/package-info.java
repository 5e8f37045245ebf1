/** All servers over a range of time, the worst first. */
@NullMarked
package io.risefall.query.page.timeline;

import org.jspecify.annotations.NullMarked;
