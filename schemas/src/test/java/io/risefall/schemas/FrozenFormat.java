package io.risefall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is stored, frozen in a file beside its version: it changes only together with the version, by which a build knows
 * what another one has stored. To accept a change, raise the version and run with {@code -Drisefall.goldens=accept}.
 */
public final class FrozenFormat {
    private FrozenFormat() {}

    /**
     * @param file in the test resources of the module that is tested
     * @param version the version that the code says
     * @param format what is stored, a line each
     */
    public static void check(String file, int version, List<String> format) throws IOException {
        Path path = Path.of("src/test/resources", file);
        List<String> made = new ArrayList<>(List.of("version " + version));
        made.addAll(format);
        List<String> frozen = Files.exists(path) ? Files.readAllLines(path) : List.of("none");
        boolean raised = !frozen.get(0).equals(made.get(0));
        if (raised && "accept".equals(System.getProperty("risefall.goldens"))) {
            Files.write(path, made);
            frozen = made;
        }
        assertThat(made)
                .as("%s: what is stored has changed: raise its version, and accept the file", path)
                .isEqualTo(frozen);
    }
}
