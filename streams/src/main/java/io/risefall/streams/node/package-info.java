/** What is known of a node: its processes, and when it was heard. */
@NullMarked
package io.risefall.streams.node;

import org.jspecify.annotations.NullMarked;
