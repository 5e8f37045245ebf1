/** What a package has of the commands beside them: manual pages, completion, and the configuration with its defaults. */
@NullMarked
package io.risefall.app.manual;

import org.jspecify.annotations.NullMarked;
