package io.risefall.app.manual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bash completes commands and options. */
@RealParts
class BashCompletionTest {
    @TempDir
    Path folder;

    @Test
    void completesCommands() throws Exception {
        assertThat(completed("risefall", "post")).containsExactly("postmortem");
    }

    @Test
    void completesTheOptionsOfACommand() throws Exception {
        assertThat(completed("risefall", "report", "--form")).containsExactly("--format");
    }

    private List<String> completed(String... words) throws Exception {
        Path script = Files.writeString(
                folder.resolve("risefall.bash"), ManualFiles.all().get("completion/risefall.bash"));
        String line = "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; _complete_risefall; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "--norc", "-c", line)
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        // compopt says that nobody pressed Tab.
        return said.lines()
                .map(String::strip)
                .filter(word -> !word.contains("compopt"))
                .toList();
    }
}
