/** Which servers a command is about. */
@NullMarked
package io.risefall.query.target;

import org.jspecify.annotations.NullMarked;
