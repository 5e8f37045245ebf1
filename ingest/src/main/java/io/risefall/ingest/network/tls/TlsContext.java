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
 * The certificates in use. Looks at the files at most once a minute, when somebody connects, and takes them anew if they
 * have changed; what cannot be read then is reported and the old ones go on. One thread at a time.
 */
public final class TlsContext {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Tls files;
    private final Clock clock;
    private SslContext context;
    private List<String> timestamps;
    private Instant lookedAt;

    /** @throws IngestException if a file is missing, is not what it should be, or the key is another certificate's */
    public TlsContext(Tls files, Clock clock) {
        this.files = files;
        this.clock = clock;
        // First, so that a change while they are read is seen as one.
        this.timestamps = timestamps();
        this.context = load();
        this.lookedAt = clock.instant();
    }

    public synchronized SslContext current() {
        Instant now = clock.instant();
        if (now.isBefore(lookedAt.plus(LOOK))) {
            return context;
        }
        lookedAt = now;
        List<String> found = timestamps();
        if (!found.equals(timestamps)) {
            try {
                context = load();
                timestamps = found;
                LOG.info("took the new certificate in {}", files.certificate());
            } catch (IngestException e) {
                LOG.warn("{}; going on with the old one", e.getMessage());
            }
        }
        return context;
    }

    private List<String> timestamps() {
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
            LOG.warn("{} has expired on {}: senders that check it will not connect", files.certificate(), end);
        }
    }
}
