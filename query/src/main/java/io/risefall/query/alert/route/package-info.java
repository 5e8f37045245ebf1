/** Which message goes to which channels, and when: routes, quiet hours, silences. */
@NullMarked
package io.risefall.query.alert.route;

import org.jspecify.annotations.NullMarked;
