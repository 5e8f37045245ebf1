/** HTTP, so that whoever talks to it, and however slowly, holds nothing but a connection. */
@NullMarked
package io.risefall.query.http;

import org.jspecify.annotations.NullMarked;
