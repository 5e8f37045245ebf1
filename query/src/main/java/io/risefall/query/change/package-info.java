/** What was done, and when: to processes, to servers, and by people who noted it. */
@NullMarked
package io.risefall.query.change;

import org.jspecify.annotations.NullMarked;
