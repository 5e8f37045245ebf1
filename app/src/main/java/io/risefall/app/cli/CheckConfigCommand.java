package io.risefall.app.cli;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredSource;
import io.risefall.app.options.LiveOptions;
import io.risefall.app.options.SourceOptions;
import io.risefall.app.options.Sources;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSample;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.query.report.caveat.UnknownHeaderText;
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

/** {@code risefall check-config}: what the configuration file means, without starting anything. */
@Command(
        name = "check-config",
        headerHeading = "Example: risefall check-config --config /etc/risefall.yaml%n%n",
        description = {
            "Reads the configuration file as run and ingest do, says what each source means and what keeps it from "
                    + "being read.",
            "Nothing is started and nothing is written. Exit code 2: the file is wrong; 1: a source cannot be read as "
                    + "it is now."
        })
final class CheckConfigCommand implements Callable<Integer> {
    /** Of the files that match a pattern. */
    private static final int LOOKED_INTO = 20;

    private final Terminal terminal;
    private final List<ConfiguredSource> configured;

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param configured the sources of the configuration file, once it is read */
    CheckConfigCommand(Terminal terminal, List<ConfiguredSource> configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public Integer call() {
        if (common.config == null) {
            throw new ParameterException(spec.commandLine(), "which file? give --config FILE");
        }
        Sources sources = Sources.of(live, source, configured);
        boolean usual = sources.isEmpty();
        if (usual) {
            live.assumeUsual();
            sources = Sources.of(live, source, configured);
        }
        terminal.out()
                .println(common.config + ": "
                        + (usual ? "no sources; run takes the usual ones" : "read without errors"));
        int unreadable = 0;
        for (FileSource file : sources.files()) {
            String trouble = trouble(file.path());
            unreadable += trouble.isEmpty() || trouble.startsWith("; not there") ? 0 : 1;
            terminal.out().println("  " + file.name() + " (" + how(file.lines()) + ")" + trouble);
            unknownHeaders(file);
        }
        for (FilePattern pattern : sources.patterns()) {
            terminal.out().println("  files " + pattern.glob() + " (" + how(pattern.lines()) + ")");
            matching(pattern).forEach(path -> unknownHeaders(new FileSource(path, pattern.lines())));
        }
        for (NetworkSource one : sources.network()) {
            terminal.out().println("  " + one.name() + " (" + one.protocol() + "; " + how(one.lines()) + ")");
        }
        return unreadable == 0 ? CommandLine.ExitCode.OK : Cli.FAILED;
    }

    private static List<Path> matching(FilePattern pattern) {
        try {
            return pattern.find(closed -> {}).stream().limit(LOOKED_INTO).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Says it where the file holds health sentences that are not understood; else nothing. */
    private void unknownHeaders(FileSource file) {
        try {
            UnknownHeaders found = FileSample.unknownHeaders(file);
            for (UnknownHeaders.Shape shape : found.shapes()) {
                terminal.out()
                        .println("    " + file.path() + ", at its beginning and end: "
                                + UnknownHeaderText.of(shape.lines(), shape.example(), shape.tag()));
            }
        } catch (IOException e) {
            terminal.say("cannot look into " + file.path() + ": " + e.getMessage());
        }
    }

    private static String how(LineDefaults lines) {
        return (lines.node() == null ? "node as each line says" : "node " + lines.node())
                + ", zone " + lines.zone() + " where a stamp has none"
                + (lines.zoneAssumed() ? " and no other of the same host has one" : "") + ", tag "
                + String.join(" or ", lines.tags().stream().sorted().toList());
    }

    private static String trouble(Path file) {
        if (!Files.exists(file)) {
            return "; not there yet: waited for";
        }
        if (Files.isDirectory(file)) {
            return "; is a directory: name the files in it, as " + file + "/*.log";
        }
        return Files.isReadable(file) ? "" : "; cannot be read by this user: run as one who may (group adm on Debian)";
    }
}
