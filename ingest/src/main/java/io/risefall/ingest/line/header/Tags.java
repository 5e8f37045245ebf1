package io.risefall.ingest.line.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The syslog tags that are HAProxy's, compared exactly: {@code myhaproxy} and {@code haproxy-exporter} are not. */
public final class Tags {
    private final String[] names;
    private final byte[][] encoded;

    public Tags(Collection<String> tags) {
        names = tags.toArray(String[]::new);
        encoded = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            encoded[i] = names[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The tag that stands in {@code bytes[from, to)}, or null if it is another program's. */
    public @Nullable String of(byte[] bytes, int from, int to) {
        for (int i = 0; i < encoded.length; i++) {
            if (Arrays.equals(bytes, from, to, encoded[i], 0, encoded[i].length)) {
                return names[i];
            }
        }
        return null;
    }
}
