package io.risefall.app.driver;

import io.risefall.app.cli.Cli;
import io.risefall.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as a shell would, and keeps what they printed. */
public final class CommandRunner {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public int run(String... arguments) {
        return runWith("", arguments);
    }

    /** With {@code input} on standard input. */
    public int runWith(String input, String... arguments) {
        out.reset();
        err.reset();
        return Cli.run(
                new Terminal(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        0),
                arguments);
    }

    /** Runs a command on the data directory {@code data}, which must succeed; returns what it printed. */
    public String must(Path data, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "--data", data.toString()));
        all.addAll(List.of(arguments));
        if (run(all.toArray(String[]::new)) != 0) {
            throw new AssertionError(all + ": " + err());
        }
        return out();
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
