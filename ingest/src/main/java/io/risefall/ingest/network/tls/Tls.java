package io.risefall.ingest.network.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a listener shows who it is, and whom it believes. PEM files; renewed ones are taken without a restart.
 *
 * @param certificate its certificate, followed by those between it and the authority
 * @param key the private key that belongs to it, without a password; may be in the certificate's file
 * @param clientAuthority senders must show a certificate that one of these has signed; null: they need none
 */
public record Tls(Path certificate, Path key, @Nullable Path clientAuthority) {}
