/** Error budgets: how much time down a target in per cent allows in a period, who has spent it, and how fast. */
@NullMarked
package io.risefall.query.budget;

import org.jspecify.annotations.NullMarked;
