package io.risefall.ingest.network.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.risefall.ingest.failure.IngestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates in use. When a sender connects, and at most once a minute, it checks the files and reloads them if
 * they have changed. If they cannot be read then, it logs that and keeps the old ones. One thread at a time.
 */
public final class TlsContext {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

    private final Tls files;
    private final Clock clock;
    private SslContext context;
    private List<String> versions;
    private Instant checkedAt;

    /** @throws IngestException if a file is missing, is not what it should be, or the key is another certificate's */
    public TlsContext(Tls files, Clock clock) {
        this.files = files;
        this.clock = clock;
        // First, so that a change during loading is noticed.
        this.versions = versions();
        this.context = load();
        this.checkedAt = clock.instant();
    }

    public synchronized SslContext current() {
        Instant now = clock.instant();
        if (now.isBefore(checkedAt.plus(CHECK_INTERVAL))) {
            return context;
        }
        checkedAt = now;
        List<String> found = versions();
        if (!found.equals(versions)) {
            try {
                context = load();
                versions = found;
                LOG.info("loaded the new certificate from {}", files.certificate());
            } catch (IngestException e) {
                LOG.warn("{}; keeping the old one", e.getMessage());
            }
        }
        return context;
    }

    private List<String> versions() {
        List<String> all = new ArrayList<>();
        for (Path file : paths()) {
            try {
                all.add(Files.getLastModifiedTime(file) + " " + Files.size(file));
            } catch (IOException e) {
                all.add("absent");
            }
        }
        return all;
    }

    private List<Path> paths() {
        return files.clientAuthority() == null
                ? List.of(files.certificate(), files.key())
                : List.of(files.certificate(), files.key(), files.clientAuthority());
    }

    private SslContext load() {
        List<X509Certificate> chain = PemFiles.certificates(files.certificate());
        warnWhenExpired(chain.get(0));
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            PemFiles.key(files.key(), chain.get(0)), chain.toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2");
            if (files.clientAuthority() != null) {
                builder.trustManager(
                                PemFiles.certificates(files.clientAuthority()).toArray(X509Certificate[]::new))
                        .clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IngestException("cannot use " + files.certificate() + " for TLS: " + e.getMessage(), e);
        }
    }

    private void warnWhenExpired(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(clock.instant())) {
            LOG.warn("{} expired on {}: senders that check it will not connect", files.certificate(), end);
        }
    }
}
