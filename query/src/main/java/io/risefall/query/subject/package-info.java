/** Which servers a command is about. */
@NullMarked
package io.risefall.query.subject;

import org.jspecify.annotations.NullMarked;
