package io.risefall.ingest.network.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of a listener, in PEM files. Renewed files are loaded without a restart.
 *
 * @param certificate its certificate, followed by the intermediate ones
 * @param key the private key that belongs to it, without a password; may be in the certificate's file
 * @param clientAuthority senders need a certificate signed by one of these authorities; null: they need none
 */
public record Tls(Path certificate, Path key, @Nullable Path clientAuthority) {}
