package io.risefall.app.alert;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall alert}: the parent of commands about alerts. */
@Command(
        name = "alert",
        headerHeading = "Example: risefall alert test web-team --config /etc/risefall.yaml%n%n",
        description = "Tries where alerts go, and shows what they would have sent on the recorded past.")
public final class AlertCommand implements Runnable {
    // The parser fills it in: --help and the others.
    @SuppressWarnings("UnusedVariable")
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * With its subcommands: they need the terminal.
     *
     * @param configured what is in the configuration file, once it is read
     */
    public static CommandSpec of(Terminal terminal, ConfiguredParts configured) {
        return CommandSpec.forAnnotatedObject(new AlertCommand())
                .addSubcommand("test", CommandSpec.forAnnotatedObject(new AlertTestCommand(terminal, configured)))
                .addSubcommand("backtest", CommandSpec.forAnnotatedObject(new AlertBacktestCommand(terminal)));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: test or backtest");
    }
}
