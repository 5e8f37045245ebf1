package io.risefall.app.cli;

import io.risefall.app.options.AgeConverter;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.EnumConverter;
import io.risefall.app.options.RoleOptions;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.AtomicFile;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.ReportQuestion;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.ReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
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

/** {@code risefall report}: one day's report. */
@Command(
        name = "report",
        headerHeading = "Example: risefall report --date yesterday --format html -o yesterday.html%n%n",
        description = "Prints one day's report: what went down, when, why and for how long, and what to do next.")
final class ReportCommand implements Callable<Integer> {
    private static final Question QUESTION = new ReportQuestion();

    private final Terminal terminal;

    @Parameters(
            paramLabel = "PERIOD",
            arity = "0..1",
            defaultValue = "day",
            description = "only day is supported (default: ${DEFAULT-VALUE})")
    private String period = "day";

    @Option(
            names = "--date",
            paramLabel = "DATE",
            defaultValue = "today",
            description = "today, yesterday or YYYY-MM-DD (default: ${DEFAULT-VALUE})")
    private String date = "today";

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = EnumConverter.OfReport.class,
            description = "text, markdown, html or json (default: ${DEFAULT-VALUE})")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description =
                    "only what this HAProxy host logged (default: all hosts; a server that several hosts check counts once)")
    private @Nullable String node;

    @Option(
            names = "--forgotten-maintenance",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            defaultValue = "24h",
            description = "report maintenance or drain as possibly forgotten after this time, such as 12h or 3d "
                    + "(default: ${DEFAULT-VALUE})")
    private Duration forgottenAfter = DayRequest.FORGOTTEN_AFTER;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "write the report to this file, which is replaced only once the report is complete (default: standard output)")
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
            throw new ParameterException(spec.commandLine(), "unknown report " + period + "; only day is supported");
        }
        QuestionParameters parameters = ReportQuestion.parameters(
                new DayRequest(day(), zone.zone(), roles.given(), node, forgottenAfter), format);
        try (QueryClient answers = QueryClient.open(common, zone.zone())) {
            if (output == null) {
                answers.ask(QUESTION, parameters, terminal.out());
                terminal.out().flush();
            } else {
                write(answers, parameters, output);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void write(QueryClient answers, QuestionParameters parameters, Path file) throws Exception {
        try {
            AtomicFile.write(file, out -> answers.ask(QUESTION, parameters, out));
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + CommandException.reason(e), e);
        }
    }

    private LocalDate day() {
        try {
            return ReportQuestion.day(date, zone.zone());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--date': " + e.getMessage());
        }
    }
}
