/** Copies of a data directory: made beside a running service, checked, and put back. */
@NullMarked
package io.risefall.app.backup;

import org.jspecify.annotations.NullMarked;
