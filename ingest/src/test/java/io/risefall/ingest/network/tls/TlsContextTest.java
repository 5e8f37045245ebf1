package io.risefall.ingest.network.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.X509Bundle;
import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.CertificateAuthority;
import io.risefall.schemas.suite.MutableClock;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as people have them, and when they are renewed. */
@Slow
class TlsContextTest {
    private static final Duration LOOK = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private CertificateAuthority authority;

    @BeforeEach
    void sign() throws Exception {
        authority = new CertificateAuthority("fleet");
    }

    @Test
    void renewedFilesAreTakenAfterAMinuteAndBrokenOnesAreNot() throws Exception {
        Tls files = CertificateAuthority.shown(folder, authority.issued());
        TlsContext context = new TlsContext(files, clock);
        SslContext first = context.current();

        renew(files, authority.issued(), 1);
        assertThat(context.current()).as("not looked at yet").isSameAs(first);
        clock.advance(LOOK);
        SslContext second = context.current();
        assertThat(second).isNotSameAs(first);

        clock.advance(LOOK);
        assertThat(context.current()).as("nothing changed").isSameAs(second);

        Files.writeString(files.certificate(), "half of a certi");
        clock.advance(LOOK);
        assertThat(context.current()).as("unreadable").isSameAs(second);

        renew(files, authority.issued(), 2);
        clock.advance(LOOK);
        assertThat(context.current()).as("readable again").isNotSameAs(second);
    }

    @Test
    void certificatesThatCannotBeUsedAreNamed() throws Exception {
        Tls files = CertificateAuthority.shown(folder, authority.issued());
        Path other = Files.writeString(
                folder.resolve("other.pem"), authority.issued().getPrivateKeyPEM());
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        Path absent = folder.resolve("absent.pem");
        assertRefused(absent, files.key(), "cannot read " + absent + ": there is no such file");
        assertRefused(files.certificate(), absent, "cannot read " + absent + ": there is no such file");
        assertRefused(nonsense, files.key(), "cannot read a certificate from " + nonsense + ": no certificate found");
        assertRefused(files.certificate(), nonsense, "cannot use the key " + nonsense + ": there is no private key");
        assertRefused(
                files.certificate(), other, "cannot use the key " + other + ": it does not match the certificate");
        assertThatThrownBy(() -> new TlsContext(new Tls(files.certificate(), files.key(), nonsense), clock))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith("cannot read a certificate from " + nonsense);
    }

    private void assertRefused(Path certificate, Path key, String why) {
        assertThatThrownBy(() -> new TlsContext(new Tls(certificate, key, null), clock))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith(why);
    }

    /** As {@code openssl rsa -traditional} and {@code openssl ec} write them. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void anOlderFormOfKeyIsRead(String kind) throws Exception {
        X509Bundle bundle = "RSA".equals(kind) ? authority.issuedForGnuTls("localhost") : authority.issued();
        Path key = Files.writeString(
                folder.resolve("older.pem"),
                pem(kind + " PRIVATE KEY", inner(bundle.getKeyPair().getPrivate())));
        assertThat(PemFiles.key(key, bundle.getCertificate()))
                .isEqualTo(bundle.getKeyPair().getPrivate());
    }

    /** {@code openssl ecparam -genkey} writes the curve first, and files for HAProxy can hold Diffie-Hellman parameters. */
    @Test
    void otherBlocksBesideTheKeyAreIgnored() throws Exception {
        X509Bundle bundle = authority.issued();
        byte[] anything = {4, 2};
        Path key = Files.writeString(
                folder.resolve("beside.pem"),
                pem("EC PARAMETERS", anything)
                        + pem("EC PRIVATE KEY", inner(bundle.getKeyPair().getPrivate()))
                        + pem("DH PARAMETERS", anything));
        assertThat(PemFiles.key(key, bundle.getCertificate()))
                .isEqualTo(bundle.getKeyPair().getPrivate());
    }

    /** As {@code openssl genpkey -aes256} and {@code openssl genrsa -traditional -aes256} write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAo=\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nMAo=\n"
                        + "-----END RSA PRIVATE KEY-----\n"
            })
    void aKeyWithAPasswordIsRefusedWithTheCommandThatRemovesIt(String text) throws Exception {
        Tls files = CertificateAuthority.shown(folder, authority.issued());
        Path key = Files.writeString(folder.resolve("secret.pem"), text);
        assertRefused(
                files.certificate(),
                key,
                "cannot use the key " + key
                        + ": it has a password; make one without: openssl pkcs8 -topk8 -nocrypt -in " + key);
    }

    @Test
    void oneFileMayHoldCertificatesAndKey() throws Exception {
        X509Bundle bundle = authority.issued();
        Path both = Files.writeString(
                folder.resolve("site.pem"),
                bundle.getPrivateKeyPEM() + "\n" + bundle.getCertificatePathPEM()
                        + authority.bundle().getCertificatePEM());
        List<X509Certificate> chain = PemFiles.certificates(both);
        assertThat(chain).contains(bundle.getCertificate(), authority.bundle().getCertificate());
        assertThat(chain.get(0)).isEqualTo(bundle.getCertificate());
        assertThat(PemFiles.key(both, chain.get(0)))
                .isEqualTo(bundle.getKeyPair().getPrivate());
    }

    /** What PKCS#8 wraps is its last element. */
    private static byte[] inner(PrivateKey key) {
        byte[] all = key.getEncoded();
        for (int at = 0; at < all.length; at++) {
            // An octet string that ends where the whole ends.
            boolean isShort = all[at] == 4 && at + 2 + all[at + 1] == all.length;
            boolean isLong = all[at] == 4
                    && at + 4 < all.length
                    && all[at + 1] == (byte) 0x82
                    && at + 4 + ((all[at + 2] & 0xFF) << 8) + (all[at + 3] & 0xFF) == all.length;
            if (isShort || isLong) {
                return Arrays.copyOfRange(all, at + (isShort ? 2 : 4), all.length);
            }
        }
        throw new AssertionError("no octet string");
    }

    private static String pem(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + name + "-----\n";
    }

    /** A second may be too short for the file system to tell. */
    private static void renew(Tls files, X509Bundle bundle, int times) throws Exception {
        CertificateAuthority.shown(files.certificate().getParent(), bundle);
        FileTime later = FileTime.fromMillis(System.currentTimeMillis() + times * 10_000L);
        Files.setLastModifiedTime(files.certificate(), later);
    }
}
