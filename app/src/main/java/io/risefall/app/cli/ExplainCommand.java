package io.risefall.app.cli;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.Word;
import io.risefall.app.serving.Answers;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall explain}: the lines that made a number. */
@Command(
        name = "explain",
        headerHeading = "Example: risefall explain \"2026-11-23 lb1 web/srv1 down_ms\"%n%n",
        description = {
            "The raw lines that made a number, each with its source and position, and the arithmetic.",
            "A number is named by the id of an outage, of an incident or of a backend's outage, or as much of it as only one "
                    + "begins with (3f2a9c01b77e); by a cell of server_day: DAY [NODE] PROXY/SERVER [COLUMN]; or by failed "
                    + "checks, as in reasons_hour: HOUR-OR-DAY [[NODE] PROXY/SERVER] REASON [CODE] "
                    + "[failures|downs|max_duration_ms] (2026-11-23T10:00 lb1 web/srv1 L4CON failures)."
        })
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "NUMBER",
            arity = "1..*",
            description = "what to explain; the quotes around several words may be left out")
    private List<String> words = List.of();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "where the day begins, such as Europe/Berlin (default: this machine's zone)")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Word.OfExplanation.class,
            description = "text, markdown or json (default: ${DEFAULT-VALUE})")
    private ExplainFormat format = ExplainFormat.TEXT;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        ExplainTarget asked = asked();
        try (Answers answers = Answers.open(common, zone)) {
            answers.explain(asked, zone, format, terminal.out());
        }
        terminal.out().flush();
        return CommandLine.ExitCode.OK;
    }

    private ExplainTarget asked() {
        try {
            return ExplainTarget.parse(String.join(" ", words), zone, LocalDate.now(zone));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
