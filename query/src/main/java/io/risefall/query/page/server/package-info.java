/** The history of one server, or of the servers of one backend. */
@NullMarked
package io.risefall.query.page.server;

import org.jspecify.annotations.NullMarked;
