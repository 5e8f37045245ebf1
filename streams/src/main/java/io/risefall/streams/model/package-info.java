/** What goes through the streams part: lines, what they are about, what is to be said of it, and the rules. */
@NullMarked
package io.risefall.streams.model;

import org.jspecify.annotations.NullMarked;
