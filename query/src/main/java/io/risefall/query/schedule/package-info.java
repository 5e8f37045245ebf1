/** Reports that are sent by themselves, each period's once. */
@NullMarked
package io.risefall.query.schedule;

import org.jspecify.annotations.NullMarked;
