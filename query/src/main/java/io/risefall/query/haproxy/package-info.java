/** HAProxy's configuration, as far as it concerns checks and logs. Reads files, and asks nobody. */
@NullMarked
package io.risefall.query.haproxy;

import org.jspecify.annotations.NullMarked;
