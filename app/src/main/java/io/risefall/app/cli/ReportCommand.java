package io.risefall.app.cli;

import io.risefall.app.options.Age;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.RoleOptions;
import io.risefall.app.options.Word;
import io.risefall.app.process.AtomicFile;
import io.risefall.app.process.Failure;
import io.risefall.app.serving.Answers;
import io.risefall.app.serving.ReportRequest;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.ReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall report}: what a day was like. */
@Command(
        name = "report",
        headerHeading = "Example: risefall report --date yesterday --format html -o yesterday.html%n%n",
        description = "What went down on a day, when, why and for how long, and what to do next.")
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "PERIOD",
            arity = "0..1",
            defaultValue = "day",
            description = "day, which is all there is (default: ${DEFAULT-VALUE})")
    private String period = "day";

    @Option(
            names = "--date",
            paramLabel = "DATE",
            defaultValue = "today",
            description = "today, yesterday or a day such as 2026-03-01 (default: ${DEFAULT-VALUE})")
    private String date = "today";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "where the day begins, such as Europe/Berlin (default: this machine's zone)")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Word.OfReport.class,
            description = "text, markdown, html or json (default: ${DEFAULT-VALUE})")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description = "only what this load balancer saw (default: all of them, a server counted once)")
    private @Nullable String node;

    @Option(
            names = "--forgotten-maintenance",
            paramLabel = "AGE",
            converter = Age.class,
            defaultValue = "24h",
            description = "maintenance or drain that lasts so long is told of as perhaps forgotten, such as 12h or 3d "
                    + "(default: ${DEFAULT-VALUE})")
    private Duration forgottenAfter = DayRequest.FORGOTTEN_AFTER;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this file, whole or not at all (default: standard output)")
    private @Nullable Path output;

    @Mixin
    private RoleOptions roles = new RoleOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (!period.equals("day")) {
            throw new ParameterException(spec.commandLine(), "no report called " + period + "; there is: day");
        }
        DayRequest request = new DayRequest(day(), zone, roles.given(), node, forgottenAfter);
        try (Answers answers = Answers.open(common, zone)) {
            if (output == null) {
                answers.report(request, format, terminal.out());
                terminal.out().flush();
            } else {
                write(answers, request, output);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void write(Answers answers, DayRequest request, Path file) throws Exception {
        try {
            AtomicFile.write(file, out -> answers.report(request, format, out));
        } catch (IOException e) {
            throw new Failure("cannot write " + file + ": " + Failure.reason(e), e);
        }
    }

    private LocalDate day() {
        try {
            return ReportRequest.day(date, zone);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--date': " + e.getMessage());
        }
    }
}
