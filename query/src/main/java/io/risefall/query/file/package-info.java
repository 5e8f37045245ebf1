/** Files that are written whole or not at all. */
@NullMarked
package io.risefall.query.file;

import org.jspecify.annotations.NullMarked;
