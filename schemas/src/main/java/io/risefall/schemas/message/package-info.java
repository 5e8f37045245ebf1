/** What one health line says, typed: each kind of HAProxy message, with its words. */
@NullMarked
package io.risefall.schemas.message;

import org.jspecify.annotations.NullMarked;
