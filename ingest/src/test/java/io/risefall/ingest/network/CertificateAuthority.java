package io.risefall.ingest.network;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.risefall.ingest.network.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Signs the certificates of one test. */
public final class CertificateAuthority {
    private final X509Bundle own;

    public CertificateAuthority(String name) throws Exception {
        own = new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
    }

    public X509Bundle bundle() {
        return own;
    }

    /** For 127.0.0.1. */
    public X509Bundle issued() throws Exception {
        return certificate("localhost").ecp256().buildIssuedBy(own);
    }

    /** The same with RSA: GnuTLS cannot read Java's elliptic keys. */
    public X509Bundle issuedForGnuTls(String name) throws Exception {
        return certificate(name).rsa2048().buildIssuedBy(own);
    }

    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName(name)
                .addSanIpAddress("127.0.0.1")
                .notAfter(Instant.now().plus(Duration.ofDays(1)));
    }

    /** Its own certificate as a file. */
    Path file(Path folder) throws IOException {
        return Files.writeString(folder.resolve("authority.pem"), own.getCertificatePEM());
    }

    /** What a listener shows. */
    public static Tls shown(Path folder, X509Bundle bundle) throws IOException {
        return new Tls(
                Files.writeString(folder.resolve("certificate.pem"), bundle.getCertificatePathPEM()),
                Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM()),
                null);
    }
}
