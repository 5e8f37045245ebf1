/** The names of things, and the record keys made of them. */
@NullMarked
package io.risefall.schemas.key;

import org.jspecify.annotations.NullMarked;
