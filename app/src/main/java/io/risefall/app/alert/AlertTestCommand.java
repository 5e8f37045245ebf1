package io.risefall.app.alert;

import io.risefall.app.alert.config.AlertSections;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.delivery.RouteTrial;
import io.risefall.query.alert.delivery.RouteTrial.Outcome;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall alert test}: whether messages of a route arrive. Sent by the service that runs, or else by this process. */
@Command(
        name = "test",
        headerHeading = "Example: risefall alert test web-team --config /etc/risefall.yaml%n%n",
        description = {
            "Sends a message that says that it is a test to each channel of a route, and prints what the receivers answer.",
            "The service that uses the data directory sends them, with its own configuration, secrets and network. Where none runs, "
                    + "and with --here, this process does.",
            "Quiet hours and silences do not hold it back. Exit code 1: a receiver did not take it."
        })
public final class AlertTestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ConfiguredParts configured;

    @Parameters(paramLabel = "ROUTE", description = "the name of a route in the configuration file")
    private String name = "";

    @Option(
            names = "--here",
            description = "send from this process, as to try a configuration file that the service does not have yet")
    private boolean here;

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
    public Integer call() throws IOException, InterruptedException {
        Optional<ServiceClient> service = here ? Optional.empty() : ServiceClient.find(common.data());
        if (service.isPresent()) {
            terminal.info("sent by the service that uses " + common.data());
            int exitCode = service.get().testRoute(name, terminal.out());
            terminal.out().flush();
            return exitCode;
        }
        if (common.config() == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "no service runs on " + common.data() + ", and no file given; use --config FILE");
        }
        AlertConfig config = AlertSections.alerts(configured.sections());
        AlertRoute route = route(config);
        terminal.info("sent by this process");
        boolean taken = true;
        for (Outcome outcome : RouteTrial.send(config, route, Clock.systemUTC())) {
            taken &= outcome.error() == null;
            terminal.out().println(outcome.line());
        }
        terminal.out().flush();
        return taken ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private AlertRoute route(AlertConfig config) {
        List<String> names = config.routes().stream().map(AlertRoute::name).toList();
        return config.routes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        common.config() + " has no route " + Printable.of(name)
                                + (names.isEmpty()
                                        ? "; it has no routes"
                                        : Nearest.hint(name, names) + " Routes: " + String.join(", ", names))));
    }
}
