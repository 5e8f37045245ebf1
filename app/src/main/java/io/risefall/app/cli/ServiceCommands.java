package io.risefall.app.cli;

import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.service.ServedCommands;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The commands that ask, run in the service. A file that a client names is the client's to open, and never the service's. */
public final class ServiceCommands implements ServedCommands {
    private static final Set<String> NAMES =
            Set.of("query", "report", "explain", "diagnose", "verify", "budget", "whatif", "changes", "postmortem");

    /** The command may take long, needs its own process, or is about it. */
    private static final Set<String> NOT_SERVED = Set.of(
            "--wait", "--debug", "--help", "--config", "--bootstrap-servers", "--kafka-config", "--topic-prefix");

    private static final String DATA = "--data";

    @Override
    public Ended run(CommandLine line, Path dataDir, OutputStream out) throws NotServedException {
        List<String> given = line.arguments();
        if (given.isEmpty()
                || !NAMES.contains(given.get(0))
                || given.contains(DATA)
                || Commands.mayNameAConfiguration(given.toArray(String[]::new))) {
            throw new NotServedException("no command that only asks");
        }
        if (!line.zone().equals(Objects.requireNonNullElse(System.getenv("TZ"), ""))) {
            throw new NotServedException("the time zone of the environment is another");
        }
        List<String> arguments = new ArrayList<>(given);
        arguments.addAll(1, List.of(DATA, dataDir.toString()));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                false,
                line.columns());
        int exitCode = Cli.serve(terminal, arguments.toArray(String[]::new));
        if (terminal.out().checkError()) {
            throw new NotServedException("the answer is too long to be sent in one piece");
        }
        return new Ended(exitCode, messages.toString(StandardCharsets.UTF_8));
    }

    static boolean isServed(ParseResult command) {
        return command.matchedOptions().stream()
                .noneMatch(option -> NOT_SERVED.contains(option.longestName())
                        || isFile(option) && !option.longestName().equals(DATA));
    }

    private static boolean isFile(OptionSpec option) {
        return Stream.of(((ArgSpec) option).auxiliaryTypes())
                .anyMatch(type -> Path.class.isAssignableFrom(type) || File.class.isAssignableFrom(type));
    }
}
