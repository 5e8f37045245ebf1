package io.risefall.app.alert;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall alert}: the parent of what is asked about alerts. */
@Command(
        name = "alert",
        headerHeading = "Example: risefall alert backtest --since 30d%n%n",
        description = "Shows what alerts would have sent on the recorded past.")
public final class AlertCommand implements Runnable {
    // The parser fills it in: --help and the others.
    @SuppressWarnings("UnusedVariable")
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** With its subcommands: they need the terminal. */
    public static CommandSpec of(Terminal terminal) {
        return CommandSpec.forAnnotatedObject(new AlertCommand())
                .addSubcommand("backtest", CommandSpec.forAnnotatedObject(new AlertBacktestCommand(terminal)));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: backtest");
    }
}
