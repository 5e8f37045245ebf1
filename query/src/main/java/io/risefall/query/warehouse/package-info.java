/** The DuckDB file: opened, brought up to date and written by one thread from Kafka; its façade is {@code Warehouse}. */
@NullMarked
package io.risefall.query.warehouse;

import org.jspecify.annotations.NullMarked;
