package io.risefall.query.http.access;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key from PEM files, read again when they change, so that a renewal needs no restart: new connections get the
 * new one. While the new ones cannot be used, as when the key is not there yet, the old ones go on. Called by one thread.
 */
final class TlsFiles implements Supplier<SslContext> {
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Path certificate;
    private final Path key;
    private final Duration lookEvery;
    private SslContext context;
    /** Those that were read last, or could not be. */
    private List<FileVersion> tried;

    private long lookAgainAt;

    /** @throws IllegalArgumentException where they cannot be used */
    TlsFiles(Path certificate, Path key) {
        this(certificate, key, LOOK_EVERY);
    }

    /** @param lookEvery how often it is looked whether they have changed, at most */
    TlsFiles(Path certificate, Path key, Duration lookEvery) {
        this.certificate = certificate;
        this.key = key;
        this.lookEvery = lookEvery;
        lookAgainAt = System.nanoTime() + lookEvery.toNanos();
        try {
            tried = now();
            context = read();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot use the certificate " + certificate + " with the key " + key + ": " + reason(e)
                            + "; both must be PEM, the key PKCS#8 without a password: openssl pkcs8 -topk8 -nocrypt -in "
                            + key
                            + " -out NEW_FILE",
                    e);
        }
    }

    private List<FileVersion> now() throws IOException {
        return List.of(FileVersion.of(certificate), FileVersion.of(key));
    }

    private SslContext read() throws IOException {
        PrivateFiles.check("the key", key);
        SslContext read = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
        TlsTrial.check(read);
        return read;
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public SslContext get() {
        if (System.nanoTime() - lookAgainAt >= 0) {
            lookAgainAt = System.nanoTime() + lookEvery.toNanos();
            look();
        }
        return context;
    }

    private void look() {
        try {
            List<FileVersion> now = now();
            if (!now.equals(tried)) {
                tried = now;
                context = read();
                LOG.info("the certificate {} is read again", certificate);
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!tried.isEmpty()) {
                LOG.warn(
                        "the certificate {} with the key {} cannot be used: {}; the one of before goes on until they change",
                        certificate,
                        key,
                        reason(e));
            }
            tried = isThere() ? tried : List.of();
        }
    }

    private boolean isThere() {
        return certificate.toFile().exists() && key.toFile().exists();
    }
}
