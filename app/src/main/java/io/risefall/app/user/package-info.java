/** {@code risefall user}: who may see the page from beyond this host. */
@NullMarked
package io.risefall.app.user;

import org.jspecify.annotations.NullMarked;
