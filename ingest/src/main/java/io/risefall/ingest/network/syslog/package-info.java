/** Syslog over UDP, unix sockets and TCP: how messages are framed, and what is dropped. */
@NullMarked
package io.risefall.ingest.network.syslog;

import org.jspecify.annotations.NullMarked;
