package io.risefall.app.cli;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.RoleOptions;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.options.SharingOptions;
import io.risefall.app.options.SourceOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.runtime.Pipeline;
import io.risefall.app.terminal.Progress;
import io.risefall.app.terminal.ProgressDisplay;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.FileImport;
import io.risefall.ingest.ImportProgress;
import io.risefall.ingest.ImportResult;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall import}: runs files through the whole pipeline; returns when their events can be queried. */
@Command(
        name = "import",
        headerHeading = "Example: risefall import /var/log/haproxy.log*%n%n",
        description = {
            "Imports log files, also .gz and .zst, and returns when their events can be queried. Importing a file again "
                    + "adds nothing; an interrupted import resumes.",
            "Also works while risefall run uses the same data directory."
        })
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "log files, or - for standard input")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--year",
            paramLabel = "YEAR",
            description = "year of timestamps without one (default: the year nearest to the file's last change)")
    private @Nullable Integer year;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private RoleOptions roles = new RoleOptions();

    @Mixin
    private SharingOptions sharing = new SharingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        List<FileSource> sources = files.stream()
                .map(file -> new FileSource(file, source.lines().withYear(year)))
                .toList();
        // The import checks it too, but only after everything has started.
        if (files.stream().noneMatch(file -> file.toString().equals("-") || Files.exists(file))) {
            throw new CommandException(
                    "cannot read " + files.stream().map(Path::toString).collect(Collectors.joining(", ")) + ": "
                            + (files.size() == 1 ? "no such file" : "no such files"));
        }
        try (Pipeline pipeline = Pipeline.open(common, source.zone(), roles.given(), rules.rules(), terminal)) {
            if (sharing.group() != null) {
                new DataDirectory(common.data(), "risefall").share(sharing.group());
            }
            ImportResult result = read(sources, pipeline.kafka());
            try (ProgressDisplay bar = new ProgressDisplay(terminal)) {
                pipeline.awaitQueryable(bar);
            } catch (InterruptedException | InterruptException e) {
                terminal.error("stopped waiting; the imported events are safe in " + pipeline.kafka()
                        + " and can be queried once they are processed and stored");
                throw e;
            }
            ImportSummary.of(result).forEach(terminal::info);
            result.unread().forEach(terminal::error);
            return result.unread().isEmpty() ? CommandLine.ExitCode.OK : Cli.FAILED;
        }
    }

    private ImportResult read(List<FileSource> sources, KafkaAddress kafka) {
        IngestSettings settings = IngestSettings.of(kafka, common.data().toAbsolutePath());
        FileImport fileImport = new FileImport(settings, Clock.systemUTC());
        if (!terminal.interactive()) {
            return fileImport.importFiles(sources, ImportProgress.NONE);
        }
        try (ProgressBar bar = Progress.bytes("import", terminal)) {
            return fileImport.importFiles(sources, (read, total, events) -> {
                bar.maxHint(total);
                bar.stepTo(read);
                bar.setExtraMessage(" " + events + " events");
            });
        }
    }
}
