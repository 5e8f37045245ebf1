package io.risefall.query.alert.engine;

import io.risefall.schemas.key.Digests;
import java.nio.charset.StandardCharsets;

/** Ids as the views make them: twelve digits that follow from what they stand for. */
final class AlertIds {
    private static final int DIGITS = 12;

    private AlertIds() {}

    static String of(String what) {
        return Digests.md5Hex(what.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
