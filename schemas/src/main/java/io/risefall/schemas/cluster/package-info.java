/** How every module reaches Kafka, where the topics are. */
@NullMarked
package io.risefall.schemas.cluster;

import org.jspecify.annotations.NullMarked;
