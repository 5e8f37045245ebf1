package io.risefall.app.mcp;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.runtime.Version;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code risefall mcp}: tools for a language model, on standard input and output. */
@Command(
        name = "mcp",
        headerHeading = "Example: risefall mcp --data /var/lib/risefall%n%n",
        description = {
            "Serves read-only tools over the Model Context Protocol, on standard input and output, for a program that runs a language "
                    + "model and starts this command: views, query, explain, report, diagnose.",
            "Asks the service that runs on the data directory, or the data directory itself where none runs. Text from logs is handed "
                    + "over below the field untrusted_log_text."
        })
public final class McpCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public McpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (terminal.isTyped()) {
            terminal.info(
                    "risefall mcp talks to a program, not to a person; it reads messages of the Model Context Protocol");
        }
        McpTools tools = new McpTools(asked -> QueryClient.open(common, asked), zone.zone());
        new McpServer(new McpProtocol(tools, Version.number()), terminal.in(), terminal.out()).run();
        return CommandLine.ExitCode.OK;
    }
}
