package io.risefall.app.cli;

import io.risefall.app.options.FormatOption;
import io.risefall.app.options.NodeOption;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.question.ChangesQuestion;
import io.risefall.query.subject.ServerTarget;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall changes}: what was done. */
@Command(
        name = "changes",
        headerHeading = "Example: risefall changes --since yesterday web%n%n",
        description = {
            "Prints what was done, the latest first: reloads, starts and stops of processes, maintenance, drain, forced states, "
                    + "addresses, names, and server states from a file.",
            "The same in SQL: view changes."
        })
final class ChangesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "PROXY[/SERVER]",
            arity = "0..1",
            description = "only this backend or server, and the processes of its HAProxy hosts (default: all)")
    private @Nullable String servers;

    @Option(
            names = "--since",
            paramLabel = "AGE|DATE",
            defaultValue = ChangesQuestion.SINCE,
            description = "from then to now, such as 12h, yesterday or 2026-11-01 (default: ${DEFAULT-VALUE})")
    private String since = ChangesQuestion.SINCE;

    @Mixin
    private NodeOption node = new NodeOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private AskOptions options = new AskOptions();

    ChangesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        return options.ask(
                terminal,
                new ChangesQuestion(),
                () -> ChangesQuestion.parameters(
                        since, ServerTarget.parse(servers, node.node()), options.zone(), format.format()));
    }
}
