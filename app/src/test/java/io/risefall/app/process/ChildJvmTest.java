package io.risefall.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a child is told of how its parent was started. */
class ChildJvmTest {
    private static final String UMASK = "risefall.umask";

    private final String before = System.getProperty(UMASK);

    @AfterEach
    void restore() {
        set(before);
    }

    @Test
    void writesFilesForTheUserAsItsParentWould() {
        set("027");
        assertThat(command()).contains("-Drisefall.umask=027");
        set(null);
        assertThat(command()).noneMatch(option -> option.contains(UMASK));
    }

    private static List<String> command() {
        return ChildJvm.command(Path.of("unpacked"), List.of(), ChildJvmTest.class, List.of());
    }

    private static void set(String umask) {
        if (umask == null) {
            System.clearProperty(UMASK);
        } else {
            System.setProperty(UMASK, umask);
        }
    }
}
