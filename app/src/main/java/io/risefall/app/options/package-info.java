/** Options that commands share, and the configuration file. */
@NullMarked
package io.risefall.app.options;

import org.jspecify.annotations.NullMarked;
