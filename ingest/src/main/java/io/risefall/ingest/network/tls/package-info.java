/** Certificates and keys from PEM files, and what TLS listens with. */
@NullMarked
package io.risefall.ingest.network.tls;

import org.jspecify.annotations.NullMarked;
