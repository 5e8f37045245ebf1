package io.risefall.app.cli;

import io.risefall.app.options.FormatOption;
import io.risefall.app.options.NodeOption;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.question.WhatIfQuestion;
import io.risefall.query.subject.ServerTarget;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall whatif}: other values of fall and rise. */
@Command(
        name = "whatif",
        headerHeading = "Example: risefall whatif --fall 4 --rise 3 --since 7d web%n%n",
        description = {
            "Replays the logged checks with other values of fall and rise: which outages would not have happened, which would "
                    + "have been seen later or earlier, and which there would have been in addition.",
            "Needs option log-health-checks. Where the lines do not prove it, the answer is: cannot tell."
        })
final class WhatIfCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "PROXY[/SERVER]",
            arity = "0..1",
            description = "only this backend, or this server (default: all)")
    private @Nullable String servers;

    @Option(names = "--fall", paramLabel = "N", description = "failed checks in a row until DOWN (default: as it was)")
    private @Nullable String fall;

    @Option(names = "--rise", paramLabel = "M", description = "passed checks in a row until UP (default: as it was)")
    private @Nullable String rise;

    @Option(
            names = "--since",
            paramLabel = "AGE|DATE",
            defaultValue = WhatIfQuestion.SINCE,
            description = "outages that began since then, such as 7d, 12h or 2026-11-01 (default: ${DEFAULT-VALUE})")
    private String since = WhatIfQuestion.SINCE;

    @Option(
            names = "--inter",
            paramLabel = "INTERVAL",
            description =
                    "the longest of inter, fastinter and downinter in haproxy.cfg, such as 2s or 500ms, where the log does "
                            + "not show how often a server is checked")
    private @Nullable String inter;

    @Mixin
    private NodeOption node = new NodeOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private AskOptions options = new AskOptions();

    WhatIfCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        return options.ask(
                terminal,
                new WhatIfQuestion(),
                () -> WhatIfQuestion.parameters(
                        fall,
                        rise,
                        inter,
                        since,
                        ServerTarget.parse(servers, node.node()),
                        options.zone(),
                        format.format()));
    }
}
