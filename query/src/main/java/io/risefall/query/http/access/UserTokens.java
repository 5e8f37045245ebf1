package io.risefall.query.http.access;

import io.risefall.query.text.RandomToken;
import io.risefall.schemas.key.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Tokens of users: {@code NAME:64 hexadecimal digits}. */
public final class UserTokens {
    private UserTokens() {}

    /** A new one, which nobody can guess. */
    public static String make(String name) {
        return name + ":" + RandomToken.make();
    }

    public static String hash(String token) {
        return Digests.sha256Hex(token.getBytes(StandardCharsets.UTF_8));
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
