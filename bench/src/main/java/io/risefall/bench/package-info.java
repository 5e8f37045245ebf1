/** How fast it is: JMH benchmarks and the logs that they read. */
@NullMarked
package io.risefall.bench;

import org.jspecify.annotations.NullMarked;
