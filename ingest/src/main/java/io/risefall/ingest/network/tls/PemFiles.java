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
import java.util.List;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads certificates and private keys from PEM files. Every error names the file. */
final class PemFiles {
    private static final String PKCS8 = "PRIVATE KEY";
    /** PKCS#8, PKCS#1, SEC1. */
    private static final List<String> KEYS = List.of(PKCS8, "RSA PRIVATE KEY", "EC PRIVATE KEY");

    private PemFiles() {}

    /** The certificates of a file in their order; at least one. A file for HAProxy's {@code crt} holds the key too. */
    static List<X509Certificate> certificates(Path file) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> found = new ArrayList<>();
            for (PemObject block : blocks(file)) {
                if (block.getType().equals("CERTIFICATE")) {
                    found.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(block.getContent())));
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException | CertificateException e) {
            throw new IngestException("cannot read a certificate from " + file + ": " + e.getMessage(), e);
        }
        throw new IngestException("cannot read a certificate from " + file + ": no certificate found; it must be PEM");
    }

    /** The private key that belongs to {@code certificate}, from PKCS#8, PKCS#1 or SEC1 without a password. */
    static PrivateKey key(Path file, X509Certificate certificate) {
        try {
            PublicKey publicKey = certificate.getPublicKey();
            PrivateKey key = KeyFactory.getInstance(publicKey.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(keyBlock(file), publicKey)));
            if (!isPair(key, publicKey)) {
                throw new IngestException("cannot use the key " + file + ": it does not match the certificate");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IngestException(
                    "cannot use the key " + file + ": it does not match the certificate (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new IngestException("cannot use the key " + file + ": " + e.getMessage(), e);
        }
    }

    private static PemObject keyBlock(Path file) throws IOException {
        for (PemObject block : blocks(file)) {
            if (block.getType().equals("ENCRYPTED PRIVATE KEY")
                    || (KEYS.contains(block.getType()) && !block.getHeaders().isEmpty())) {
                throw new IngestException("cannot use the key " + file
                        + ": it has a password; make one without: openssl pkcs8 -topk8 -nocrypt -in " + file
                        + " -out NEW_FILE");
            }
            if (KEYS.contains(block.getType())) {
                return block;
            }
        }
        throw new IngestException("cannot use the key " + file
                + ": there is no private key in it; it must be PEM with one of " + String.join(", ", KEYS)
                + "; convert others: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW_FILE");
    }

    /**
     * PKCS#8 (RFC 5208), which is all that Java reads, is the older key with the name of its algorithm and curve. SEC1 may lack
     * the curve, so both are the certificate's.
     */
    private static byte[] pkcs8(PemObject block, PublicKey publicKey) throws IOException {
        if (block.getType().equals(PKCS8)) {
            return block.getContent();
        }
        AlgorithmIdentifier algorithm =
                SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getAlgorithm();
        return new PrivateKeyInfo(algorithm, ASN1Primitive.fromByteArray(block.getContent())).getEncoded();
    }

    private static List<PemObject> blocks(Path file) throws IOException {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(Files.newBufferedReader(readable(file), StandardCharsets.ISO_8859_1))) {
            PemObject block;
            while ((block = reader.readPemObject()) != null) {
                blocks.add(block);
            }
        } catch (DecoderException e) {
            throw new IOException("its Base64 is damaged", e);
        }
        return blocks;
    }

    private static boolean isPair(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> publicKey.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        byte[] anything = {1, 2, 3};
        signature.initSign(key);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
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
