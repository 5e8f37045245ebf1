/** What happened, in the shape in which graphs of other programs mark it. */
@NullMarked
package io.risefall.query.annotation;

import org.jspecify.annotations.NullMarked;
