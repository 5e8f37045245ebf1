package io.risefall.app.cli;

import io.risefall.app.alert.config.AlertSections;
import io.risefall.app.alert.config.AlertText;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.options.LiveOptions;
import io.risefall.app.options.SourceOptions;
import io.risefall.app.options.Sources;
import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSample;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.query.report.caveat.UnknownHeaderText;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.schemas.source.UnknownHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall check-config}: checks the configuration file and lists its sources. Starts nothing. */
@Command(
        name = "check-config",
        headerHeading = "Example: risefall check-config --config /etc/risefall.yaml%n%n",
        description = {
            "Checks the configuration file of run and ingest. Lists each source, how its lines are read, and what "
                    + "prevents reading it.",
            "Starts nothing and writes nothing. Exit code 2: the file is invalid; 1: a source cannot be read."
        })
final class CheckConfigCommand implements Callable<Integer> {
    /** Files sampled per pattern. */
    private static final int SAMPLED_FILES = 20;

    private final Terminal terminal;
    private final ConfiguredParts configured;

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param configured what else is in the configuration file; filled before {@link #call} */
    CheckConfigCommand(Terminal terminal, ConfiguredParts configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public Integer call() {
        if (common.config() == null) {
            throw new ParameterException(spec.commandLine(), "no file given; use --config FILE");
        }
        Sources sources = Sources.of(live, source, configured.sources());
        NotificationConfig notifications;
        try {
            notifications = AlertSections.read(configured.sections(), source.zone());
        } catch (CommandException e) {
            terminal.error(String.valueOf(e.getMessage()));
            return CommandLine.ExitCode.USAGE;
        }
        boolean defaults = sources.isEmpty();
        if (defaults) {
            live.useDefaults();
            sources = Sources.of(live, source, configured.sources());
        }
        terminal.out()
                .println(common.config() + ": " + (defaults ? "no sources; run uses the default ones" : "no errors"));
        int unreadable = 0;
        for (FileSource file : sources.files()) {
            State state = State.of(file.path());
            unreadable += state.unreadable() ? 1 : 0;
            terminal.out()
                    .println("  " + file.name() + " (" + describe(file.lines()) + ")" + state.describe(file.path()));
            unknownHeaders(file);
        }
        for (FilePattern pattern : sources.patterns()) {
            terminal.out().println("  files " + pattern.glob() + " (" + describe(pattern.lines()) + ")");
            matching(pattern).forEach(path -> unknownHeaders(new FileSource(path, pattern.lines())));
        }
        for (NetworkSource one : sources.network()) {
            terminal.out().println("  " + one.name() + " (" + one.protocol() + "; " + describe(one.lines()) + ")");
        }
        unreadable += AlertText.print(notifications, terminal);
        return unreadable == 0 ? CommandLine.ExitCode.OK : Cli.FAILED;
    }

    private static List<Path> matching(FilePattern pattern) {
        try {
            return pattern.find(closed -> {}).stream().limit(SAMPLED_FILES).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Prints the headers of health messages in a sample of the file that no rule knows. */
    private void unknownHeaders(FileSource file) {
        try {
            UnknownHeaders found = FileSample.unknownHeaders(file);
            for (UnknownHeaders.Shape shape : found.shapes()) {
                terminal.out()
                        .println("    " + file.path() + ", in a sample of its lines: "
                                + UnknownHeaderText.of(shape.lines(), shape.example(), shape.tag()));
            }
        } catch (IOException e) {
            terminal.info("cannot sample " + file.path() + ": " + e.getMessage());
        }
    }

    private static String describe(LineDefaults lines) {
        return (lines.node() == null ? "node from each line" : "node " + lines.node())
                + ", zone " + lines.zone() + " for timestamps without one"
                + (lines.zoneAssumed() ? " if no other timestamp of the same host has one" : "") + ", tag "
                + String.join(" or ", lines.tags().stream().sorted().toList());
    }

    /** What a file to follow is now. */
    private enum State {
        READABLE,
        MISSING,
        DIRECTORY,
        FORBIDDEN;

        static State of(Path file) {
            if (!Files.exists(file)) {
                return MISSING;
            }
            if (Files.isDirectory(file)) {
                return DIRECTORY;
            }
            return Files.isReadable(file) ? READABLE : FORBIDDEN;
        }

        /** A missing file is no error: it is followed as soon as it exists. */
        boolean unreadable() {
            return this == DIRECTORY || this == FORBIDDEN;
        }

        String describe(Path file) {
            return switch (this) {
                case READABLE -> "";
                case MISSING -> "; does not exist yet: risefall waits for it";
                case DIRECTORY -> "; is a directory: give a pattern for its files, such as " + file + "/*.log";
                case FORBIDDEN -> "; permission denied: run as a user who can read it (group adm on Debian)";
            };
        }
    }
}
