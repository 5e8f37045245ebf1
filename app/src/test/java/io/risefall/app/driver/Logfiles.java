package io.risefall.app.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Logs of real HAProxy runs as files to import. */
public final class Logfiles {
    private Logfiles() {}

    public static Path copy(String run, String form, Path to) throws IOException {
        return Files.write(to, io.risefall.schemas.Corpus.scenario(run).log(form));
    }
}
