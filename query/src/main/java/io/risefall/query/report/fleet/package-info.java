/**
 * What several load balancers saw of the same thing, told once: a server of the fleet, its outages, its maintenance. Pure:
 * from rows of nodes to rows of the fleet. With one node there is nothing to do here.
 */
@NullMarked
package io.risefall.query.report.fleet;

import org.jspecify.annotations.NullMarked;
