package io.risefall.ingest.network.tls;

import io.risefall.ingest.failure.IngestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM files. Every error names the file. */
final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (|RSA |EC )PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");

    /** Files for HAProxy's {@code crt} hold the key too. */
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

    private PemFiles() {}

    /** The certificates of a file in their order; at least one. */
    static List<X509Certificate> certificates(Path file) {
        try {
            List<X509Certificate> found = new ArrayList<>();
            Matcher pem = CERTIFICATE.matcher(Files.readString(readable(file), StandardCharsets.ISO_8859_1));
            while (pem.find()) {
                byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
                found.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
            }
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            throw new IngestException("cannot read a certificate from " + file + ": " + e.getMessage(), e);
        }
        throw new IngestException("cannot read a certificate from " + file + ": there is none; it must be PEM");
    }

    /** The private key that belongs to {@code certificate}. */
    static PrivateKey key(Path file, X509Certificate certificate) {
        try {
            Matcher pem = KEY.matcher(Files.readString(readable(file), StandardCharsets.ISO_8859_1));
            if (!pem.find()) {
                throw new IngestException("cannot use the key " + file
                        + ": there is no private key without a password; make one with: openssl pkcs8 -topk8 -nocrypt -in "
                        + file);
            }
            PublicKey shown = certificate.getPublicKey();
            byte[] found = Base64.getMimeDecoder().decode(pem.group(2));
            PrivateKey key = KeyFactory.getInstance(shown.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pem.group(1).isEmpty() ? found : Pkcs8.of(found, shown)));
            if (!belong(key, shown)) {
                throw new IngestException("cannot use the key " + file + ": it is not the certificate's");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IngestException(
                    "cannot use the key " + file + ": it is not the certificate's (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new IngestException("cannot use the key " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean belong(PrivateKey key, PublicKey shown) throws GeneralSecurityException {
        String algorithm = switch (shown.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> shown.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        byte[] anything = {1, 2, 3};
        signature.initSign(key);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(shown);
        signature.update(anything);
        return signature.verify(signed);
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new IngestException("cannot read " + file + ": "
                    + (Files.exists(file) ? "permission denied" : "there is no such file"));
        }
        return file;
    }
}
