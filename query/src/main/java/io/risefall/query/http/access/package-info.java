/** Who may see the pages: users with tokens, sessions of browsers, and what is sent encrypted. */
@NullMarked
package io.risefall.query.http.access;

import org.jspecify.annotations.NullMarked;
