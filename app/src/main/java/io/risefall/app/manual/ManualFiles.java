package io.risefall.app.manual;

import io.risefall.app.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the files that a package has of the commands, so that these are described in one place. */
public final class ManualFiles {
    private static final String PROGRAM = "risefall";

    private ManualFiles() {}

    /** @param arguments the directory to write to */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        for (Map.Entry<String, String> file : all().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** The text of each file, by its path below the directory. */
    static Map<String, String> all() {
        CommandLine program = Cli.described();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("man/risefall.1", new ManualPage(program).text());
        program.getSubcommands().values().forEach(command -> addPages(command, files));
        files.put("completion/risefall.bash", AutoComplete.bash(PROGRAM, program));
        files.put("completion/risefall.zsh", ZSH);
        files.put("completion/risefall.fish", new FishCompletion(program).text());
        files.put(
                "risefall.yaml",
                new DefaultConfiguration(
                                Objects.requireNonNull(program.getSubcommands().get("run")))
                        .text());
        return files;
    }

    private static void addPages(CommandLine command, Map<String, String> files) {
        ManualPage page = new ManualPage(command);
        files.put("man/" + page.name() + ".1", page.text());
        command.getSubcommands().values().forEach(below -> addPages(below, files));
    }

    /** zsh reads what bash reads, once it is told to. */
    private static final String ZSH = """
            #compdef risefall
            autoload -U +X bashcompinit && bashcompinit
            source /usr/share/bash-completion/completions/risefall
            """;
}
