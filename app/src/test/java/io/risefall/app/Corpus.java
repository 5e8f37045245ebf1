package io.risefall.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Logs of real HAProxy runs. */
final class Corpus {
    private Corpus() {}

    /** Copies {@code corpus/run/logs/name}, unpacked, to {@code to}. */
    static Path copy(String run, String name, Path to) throws IOException {
        String resource = "/corpus/" + run + "/logs/" + name;
        try (InputStream packed = Corpus.class.getResourceAsStream(resource + ".gz")) {
            if (packed != null) {
                Files.copy(new GZIPInputStream(packed), to);
                return to;
            }
        }
        try (InputStream plain = Corpus.class.getResourceAsStream(resource)) {
            if (plain == null) {
                throw new IOException("no resource " + resource);
            }
            Files.copy(plain, to);
            return to;
        }
    }
}
