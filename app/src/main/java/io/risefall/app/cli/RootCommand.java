package io.risefall.app.cli;

import io.risefall.app.runtime.Version;
import io.risefall.app.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code risefall} without a command: prints the help. */
@Command(
        name = "risefall",
        versionProvider = Version.class,
        headerHeading = "Example: risefall import /var/log/haproxy.log && risefall report%n%n",
        description = "Reads the server health messages in HAProxy's log and answers what went down, when and why.",
        footer = {
            "",
            "All commands take --data DIR (default ./risefall-data), --config FILE and --bootstrap-servers HOST:PORT.",
            "Exit codes: 0 success, 1 failure, 2 wrong usage."
        })
final class RootCommand implements Runnable {
    private final Terminal terminal;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("UnusedVariable") // picocli sets it, and asks for it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    @SuppressWarnings("UnusedVariable") // picocli sets it, and asks for it
    private boolean version;

    @Spec
    private CommandSpec spec;

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        line.usage(terminal.out(), line.getColorScheme());
    }
}
