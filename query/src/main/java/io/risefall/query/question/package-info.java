/** The questions behind the commands: asked of a running service over HTTP, or of the warehouse in this process, with one answer. */
@NullMarked
package io.risefall.query.question;

import org.jspecify.annotations.NullMarked;
