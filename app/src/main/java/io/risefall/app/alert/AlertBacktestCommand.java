package io.risefall.app.alert;

import io.risefall.app.options.AgeConverter;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.FormatOption;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.question.AlertBacktestQuestion;
import io.risefall.query.question.QuestionParameters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall alert backtest}: what alerts would have sent. */
@Command(
        name = "backtest",
        headerHeading = "Example: risefall alert backtest --since 30d --hold 30s --reopen 15m%n%n",
        description = {
            "Prints which alerts these settings would have made of the recorded past, day by day and one by one, and how many DOWN "
                    + "and UP lines became how many messages.",
            "It runs the same engine as the service does. Try other values before you set them."
        })
final class AlertBacktestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--since",
            paramLabel = "AGE|DATE",
            defaultValue = AlertBacktestQuestion.SINCE,
            description = "the time from then to now, such as 30d, 12h or 2026-11-01 (default: ${DEFAULT-VALUE})")
    private String since = AlertBacktestQuestion.SINCE;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            converter = AgeConverter.class,
            description = "how long a problem must last, from HAProxy's own decision on (default: 10s)")
    private @Nullable Duration hold;

    @Option(
            names = "--close-after",
            paramLabel = "TIME",
            converter = AgeConverter.class,
            description = "how long all must be well before an alert closes (default: 1m)")
    private @Nullable Duration closeAfter;

    @Option(
            names = "--reopen",
            paramLabel = "TIME",
            converter = AgeConverter.class,
            description = "how long a closed alert opens again instead of a new one (default: 5m)")
    private @Nullable Duration reopen;

    @Option(
            names = "--change-every",
            paramLabel = "TIME",
            converter = AgeConverter.class,
            description = "at most one message about more servers in this time (default: 5m)")
    private @Nullable Duration changeEvery;

    @Option(
            names = "--still-open",
            paramLabel = "TIME",
            split = ",",
            converter = AgeConverter.class,
            description = "after which times an open alert is reported again (default: 1h,4h,24h)")
    private @Nullable List<Duration> stillOpen;

    @Option(
            names = "--node-silent",
            paramLabel = "TIME",
            converter = AgeConverter.class,
            description = "how long a node must print nothing at least (default: 10m)")
    private @Nullable Duration nodeSilent;

    @Option(
            names = "--capacity-below",
            paramLabel = "N",
            description = "fewer usable servers of a backend are a problem (default: only none is)")
    private @Nullable Integer capacityBelow;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AlertBacktestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        QuestionParameters parameters = parameters();
        try (QueryClient answers = QueryClient.open(common, zone.zone())) {
            int exitCode = answers.ask(new AlertBacktestQuestion(), parameters, terminal.out());
            terminal.out().flush();
            return exitCode;
        }
    }

    private QuestionParameters parameters() {
        AlertSettings usual = AlertSettings.DEFAULTS;
        try {
            AlertSettings settings = new AlertSettings(
                    or(hold, usual.hold()),
                    or(closeAfter, usual.closeAfter()),
                    usual.closeUnknownAfter(),
                    or(reopen, usual.reopen()),
                    or(changeEvery, usual.changeEvery()),
                    or(stillOpen, usual.stillOpen()),
                    usual.maxAge(),
                    usual.leaderless(),
                    or(nodeSilent, usual.nodeSilent()),
                    usual.pipelineSilent(),
                    or(capacityBelow, usual.capacityBelow()));
            return AlertBacktestQuestion.parameters(since, settings, zone.zone(), format.format());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }
}
