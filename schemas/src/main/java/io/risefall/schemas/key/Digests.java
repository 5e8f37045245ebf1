package io.risefall.schemas.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests by algorithms that every Java has. */
public final class Digests {
    private Digests() {}

    /** One that is fed piece by piece. */
    public static MessageDigest sha256() {
        return of("SHA-256");
    }

    /** As {@link #sha256}, several times as fast, for what need not be hard to forge. */
    public static MessageDigest md5() {
        return of("MD5");
    }

    /** SHA-256 of all of {@code content}, in hex. */
    public static String sha256Hex(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** For ids and nothing that must be hard to forge: MD5 of all of {@code content}, in hex, as DuckDB's {@code md5} has it. */
    public static String md5Hex(byte[] content) {
        return HexFormat.of().formatHex(md5().digest(content));
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
