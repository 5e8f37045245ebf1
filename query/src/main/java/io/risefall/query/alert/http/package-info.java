/** HTTP to receivers: no redirects, bounded time and size, and no link-local address unless it is allowed. */
@NullMarked
package io.risefall.query.alert.http;

import org.jspecify.annotations.NullMarked;
