/** Syslog from the network: received, kept in a journal, read from there. */
@NullMarked
package io.risefall.ingest.network;

import org.jspecify.annotations.NullMarked;
