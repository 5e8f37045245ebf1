package io.risefall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Logs of real HAProxy runs as files to import. */
final class Logfiles {
    private Logfiles() {}

    static Path copy(String run, String form, Path to) throws IOException {
        return Files.write(to, io.risefall.schemas.Corpus.scenario(run).log(form));
    }
}
