/** Commands about the HAProxy of this host. */
@NullMarked
package io.risefall.app.host;

import org.jspecify.annotations.NullMarked;
