/** What Prometheus scrapes: counters of reading and the state of servers, each family an SQL file. */
@NullMarked
package io.risefall.query.metrics;

import org.jspecify.annotations.NullMarked;
