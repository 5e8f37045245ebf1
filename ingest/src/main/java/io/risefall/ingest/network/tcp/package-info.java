/** Listening on TCP: connections, TLS, the PROXY protocol, backpressure; what a connection carries is in {@code syslog} and {@code relp}. */
@NullMarked
package io.risefall.ingest.network.tcp;

import org.jspecify.annotations.NullMarked;
