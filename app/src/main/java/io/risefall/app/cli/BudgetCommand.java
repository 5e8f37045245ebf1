package io.risefall.app.cli;

import io.risefall.app.options.FormatOption;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.question.BudgetQuestion;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall budget}: error budgets. */
@Command(
        name = "budget",
        headerHeading = "Example: risefall budget --slo 99.95 --month 2026-11 web%n%n",
        description = {
            "Prints who has spent the error budget: of each backend and server how much time down the target allows, how much "
                    + "of it is spent and left, how fast it is being spent, and when it will be gone. Worst first.",
            "Time without any server and missing capacity are two budgets of a backend. The same numbers in SQL: view budget."
        })
final class BudgetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "PROXY[/SERVER]",
            arity = "0..1",
            description = "only this backend and its servers, or this server (default: all)")
    private @Nullable String servers;

    @Option(
            names = "--slo",
            paramLabel = "PERCENT",
            defaultValue = BudgetQuestion.SLO,
            description = "the target: share of time that has to be available (default: ${DEFAULT-VALUE})")
    private String slo = BudgetQuestion.SLO;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "the month (default: this month)")
    private @Nullable String month;

    @Option(
            names = "--since",
            paramLabel = "AGE|DATE",
            description = "instead of a month: the time from then to now, such as 7d, 12h or 2026-11-01")
    private @Nullable String since;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description =
                    "only what this HAProxy host logged (default: all hosts; a server is down while any of them sees it down)")
    private @Nullable String node;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private AskOptions options = new AskOptions();

    BudgetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        return options.ask(
                terminal,
                new BudgetQuestion(),
                () -> BudgetQuestion.parameters(slo, month, since, servers, node, options.zone(), format.format()));
    }
}
