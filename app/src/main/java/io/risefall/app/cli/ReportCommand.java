package io.risefall.app.cli;

import io.risefall.app.options.AgeConverter;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.EnumConverter;
import io.risefall.app.options.RoleOptions;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.file.AtomicFile;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.ReportQuestion;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.PeriodFormat;
import io.risefall.query.report.period.PeriodRequest;
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

/** {@code risefall report}: the report of a day or of a period. */
@Command(
        name = "report",
        headerHeading = "Example: risefall report month last --format html -o month.html%n%n",
        description = {
            "Prints the report of a day: what went down, when, why and for how long, and what to do next.",
            "Of a week, month, year or any days it prints sums: availability, outages and their reasons, for each backend and server, "
                    + "and what is new, worse, better or gone against the period before."
        })
final class ReportCommand implements Callable<Integer> {
    private static final Question QUESTION = new ReportQuestion();

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "PERIOD",
            arity = "0..1",
            description = "day, week (from Monday), month or year; or a date, for that day (default: day)")
    private @Nullable String unit;

    @Parameters(
            index = "1",
            paramLabel = "DATE",
            arity = "0..1",
            description =
                    "the one that this day is in: today, yesterday or YYYY-MM-DD, also YYYY-MM or YYYY; last: the one before the present one (default: today)")
    private @Nullable String inDay;

    @Option(names = "--date", paramLabel = "DATE", description = "the same as DATE")
    private @Nullable String date;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "instead of PERIOD and DATE: the first day of a period, such as 2026-11-03")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "with --from: the last day of the period, which belongs to it (default: today)")
    private @Nullable String to;

    @Option(
            names = "--backend",
            paramLabel = "PROXY",
            description = "only this backend and its servers, in sums (default: all)")
    private @Nullable String backend;

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = EnumConverter.OfReport.class,
            description =
                    "text, markdown, html, json, csv or mail: one MIME message without recipients, shorter than 100 kB "
                            + "(default: ${DEFAULT-VALUE}); csv and mail of a day have its sums")
    private PeriodFormat format = PeriodFormat.TEXT;

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
            description =
                    "of a day: report maintenance or drain as possibly forgotten after this time, such as 12h or 3d "
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
        QuestionParameters parameters = ReportQuestion.parameters(
                new PeriodRequest(period(), zone.zone(), roles.given(), node, backend), forgottenAfter, format);
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

    private CalendarPeriod period() {
        if (inDay != null && date != null) {
            throw new ParameterException(
                    spec.commandLine(), "give either '" + inDay + "' or --date " + date + ", not both");
        }
        try {
            return CalendarPeriod.parse(unit, inDay == null ? date : inDay, from, to, LocalDate.now(zone.zone()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
