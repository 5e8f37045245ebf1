/** What commands have in common on the command line, and the configuration file. */
@NullMarked
package io.risefall.app.options;

import org.jspecify.annotations.NullMarked;
