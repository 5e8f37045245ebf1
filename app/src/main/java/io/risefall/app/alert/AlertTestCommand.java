package io.risefall.app.alert;

import io.risefall.app.alert.config.AlertSections;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.delivery.RouteTrial;
import io.risefall.query.alert.delivery.RouteTrial.Outcome;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall alert test}: whether messages of a route arrive. Needs no service, and changes nothing in one. */
@Command(
        name = "test",
        headerHeading = "Example: risefall alert test web-team --config /etc/risefall.yaml%n%n",
        description = {
            "Sends a message that says that it is a test to each channel of a route, and prints what the receivers answer.",
            "Quiet hours and silences do not hold it back. Exit code 1: a receiver did not take it."
        })
public final class AlertTestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ConfiguredParts configured;

    @Parameters(paramLabel = "ROUTE", description = "the name of a route in the configuration file")
    private String name = "";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** @param configured what is in the configuration file; filled before {@link #call} */
    public AlertTestCommand(Terminal terminal, ConfiguredParts configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (common.config() == null) {
            throw new ParameterException(command.commandLine(), "no file given; use --config FILE");
        }
        AlertConfig config = AlertSections.alerts(configured.sections());
        List<String> names = config.routes().stream().map(AlertRoute::name).toList();
        AlertRoute route = config.routes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        common.config() + " has no route " + Printable.of(name)
                                + (names.isEmpty()
                                        ? "; it has no routes"
                                        : Nearest.hint(name, names) + " Routes: " + String.join(", ", names))));
        int failed = 0;
        for (Outcome outcome : RouteTrial.send(config, route, Clock.systemUTC())) {
            failed += outcome.error() == null ? 0 : 1;
            terminal.out()
                    .println(Printable.of(outcome.channel() + " (" + outcome.target() + "): "
                            + (outcome.error() == null
                                    ? "taken: " + outcome.answer()
                                    : "not taken: " + outcome.error())));
        }
        terminal.out().flush();
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
