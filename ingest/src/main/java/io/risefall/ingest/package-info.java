/** Bytes in, health events out: reads what HAProxy logs, decides what each line says and publishes it to a topic. */
@NullMarked
package io.risefall.ingest;

import org.jspecify.annotations.NullMarked;
