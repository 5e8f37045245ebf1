package io.risefall.query.text;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Text that nobody can guess. */
public final class RandomToken {
    private static final int BYTES = 32;

    private RandomToken() {}

    /** A new one: 64 random hexadecimal digits. */
    public static String make() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
