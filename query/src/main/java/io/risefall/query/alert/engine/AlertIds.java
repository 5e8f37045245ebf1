package io.risefall.query.alert.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids as the views make them: twelve digits that follow from what they stand for. */
final class AlertIds {
    private static final int DIGITS = 12;

    private AlertIds() {}

    static String of(String what) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(what.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }
}
