package io.risefall.query.http.access;

import io.risefall.query.text.RandomToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tokens of users: {@code NAME:64 hexadecimal digits}. */
public final class UserTokens {
    private UserTokens() {}

    /** A new one, which nobody can guess. */
    public static String make(String name) {
        return name + ":" + RandomToken.make();
    }

    public static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The name in a token; what is no token has one too, which is nobody's. */
    static String name(String token) {
        return token.substring(0, Math.max(0, token.indexOf(':')));
    }

    /** Compares in a time that tells nothing. */
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
