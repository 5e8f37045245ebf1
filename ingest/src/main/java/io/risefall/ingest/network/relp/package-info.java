/** RELP, as rsyslog's omrelp sends it: each message is acknowledged once it is in the journal. */
@NullMarked
package io.risefall.ingest.network.relp;

import org.jspecify.annotations.NullMarked;
