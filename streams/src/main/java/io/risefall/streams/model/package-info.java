/** The data of the streams part: lines, entities, inputs, output records and rules. */
@NullMarked
package io.risefall.streams.model;

import org.jspecify.annotations.NullMarked;
