/** The header of a line: everything that HAProxy, syslog daemons, tools and log stores put around a message. */
@NullMarked
package io.risefall.ingest.line.header;

import org.jspecify.annotations.NullMarked;
