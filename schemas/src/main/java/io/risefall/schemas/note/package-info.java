/** What people note about their installation. */
@NullMarked
package io.risefall.schemas.note;

import org.jspecify.annotations.NullMarked;
