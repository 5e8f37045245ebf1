package io.risefall.query.http.access;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key from PEM files, read again when they change, so that a renewal needs no restart. While the new ones cannot
 * be read, the old ones go on. Called by one thread.
 */
final class TlsFiles implements Supplier<SslContext> {
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Path certificate;
    private final Path key;
    private SslContext context;
    private List<FileTime> changed;
    private long lookAgainAt = System.nanoTime() + LOOK_EVERY.toNanos();

    /** @throws IllegalArgumentException where they cannot be used */
    TlsFiles(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
        try {
            changed = changed();
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

    private List<FileTime> changed() throws IOException {
        return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
    }

    private SslContext read() throws SSLException {
        return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    @Override
    public SslContext get() {
        if (System.nanoTime() - lookAgainAt >= 0) {
            lookAgainAt = System.nanoTime() + LOOK_EVERY.toNanos();
            look();
        }
        return context;
    }

    private void look() {
        try {
            List<FileTime> now = changed();
            if (!now.equals(changed)) {
                context = read();
                changed = now;
                LOG.info("the certificate {} is read again", certificate);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the certificate {} cannot be read again: {}; the one of before goes on", certificate, reason(e));
        }
    }
}
