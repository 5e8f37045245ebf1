package io.risefall.app.manual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.Main;
import io.risefall.app.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a package has of the commands leaves none out, and says what they do. */
class ManualFilesTest {
    private final Map<String, String> files = ManualFiles.all();

    @TempDir
    Path folder;

    @Test
    void everyCommandHasAPageWithItsOptions() {
        everyCommandHasAPage(Cli.described());
    }

    private void everyCommandHasAPage(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName("-");
        String page = files.get("man/" + name + ".1");
        assertThat(page).as(name).startsWith(".TH ");
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(page).contains(option.longestName().replace("-", "\\-"));
        }
        command.getSubcommands().values().forEach(this::everyCommandHasAPage);
    }

    /** A line that begins with a dot is a command to man, and one that it does not know vanishes. */
    @Test
    void noTextOfAPageIsTakenForACommandOfMan() {
        files.forEach((path, text) -> {
            if (path.startsWith("man/")) {
                assertThat(text.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
                        .as(path)
                        .allMatch(line -> line.matches("\\.(TH|SH|TP|PP|B)( .*)?"));
            }
        });
    }

    @Test
    void theConfigurationChangesNothingAsItIs() {
        assertThat(files.get("risefall.yaml").lines().filter(line -> !line.startsWith("#")))
                .allMatch(String::isEmpty);
    }

    /** Each default is one that the key takes; where there is only a placeholder, the key is still one. */
    @Test
    void everyLineOfTheConfigurationCanBeUncommented() throws Exception {
        String values = keys().filter(line -> !line.matches(".*: [A-Z]{1,12}"))
                .filter(line -> !line.startsWith("syslog-tls") && !line.startsWith("tail"))
                .collect(Collectors.joining("\n"));
        assertThat(values.lines().count()).isGreaterThan(20);
        assertThat(checked(values)).as("all that have a value").isEqualTo("0");
        for (String line :
                keys().filter(line -> line.matches(".*: [A-Z]{1,12}")).toList()) {
            assertThat(checked(line)).doesNotContain("unknown key");
        }
    }

    private java.util.stream.Stream<String> keys() {
        return files.get("risefall.yaml")
                .lines()
                .filter(line -> line.matches("#[a-z-]+: .*"))
                .map(line -> line.substring(1));
    }

    /** The exit code, and after a failure what was said. */
    private String checked(String configuration) throws Exception {
        Path file = Files.writeString(folder.resolve("risefall.yaml"), configuration + "\n");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, UTF_8);
        int exitCode = Main.run(new String[] {"check-config", "--config", file.toString()}, out, out);
        return exitCode == 0 ? "0" : exitCode + " " + said.toString(UTF_8);
    }
}
