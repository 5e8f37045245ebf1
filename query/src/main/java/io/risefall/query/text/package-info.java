/** Text for people and programs: tables, cells, what may be printed, the nearest known word. */
@NullMarked
package io.risefall.query.text;

import org.jspecify.annotations.NullMarked;
