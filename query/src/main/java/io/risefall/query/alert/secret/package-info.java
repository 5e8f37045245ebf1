/** Secrets of channels: read when they are needed, from a file or the environment, and never printed. */
@NullMarked
package io.risefall.query.alert.secret;

import org.jspecify.annotations.NullMarked;
