package io.risefall.app.cli;

import io.risefall.app.options.EnumConverter;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.question.ExplainQuestion;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall explain}: the log lines behind a number. */
@Command(
        name = "explain",
        headerHeading = "Example: risefall explain \"2026-11-23 lb1 web/srv1 down_ms\"%n%n",
        description = {
            "Prints the raw log lines behind a number, each with its source and position, and the arithmetic.",
            "NUMBER is one of:",
            "- the id of an outage, an incident or a backend outage, or a unique prefix of it: 3f2a9c01b77e",
            "- a cell of server_day, DAY [NODE] PROXY/SERVER [COLUMN]: 2026-11-23 lb1 web/srv1 down_ms",
            "- a cell of reasons_hour, HOUR-OR-DAY [[NODE] PROXY/SERVER] REASON [CODE] "
                    + "[failures|downs|max_duration_ms]: 2026-11-23T10:00 lb1 web/srv1 L4CON failures"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NUMBER", arity = "1..*", description = "what to explain; quotes are optional")
    private List<String> number = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = EnumConverter.OfExplanation.class,
            description = "text, markdown or json (default: ${DEFAULT-VALUE})")
    private ExplainFormat format = ExplainFormat.TEXT;

    @Mixin
    private AskOptions options = new AskOptions();

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        return options.ask(
                terminal,
                new ExplainQuestion(),
                () -> ExplainQuestion.parameters(
                        ExplainTarget.parse(String.join(" ", number), options.zone(), LocalDate.now(options.zone())),
                        options.zone(),
                        format));
    }
}
