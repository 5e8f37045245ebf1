package io.risefall.app.alert;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.Notes;
import io.risefall.app.options.AgeConverter;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.CommandException;
import io.risefall.app.runtime.Pipeline;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.ProgressDisplay;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import io.risefall.schemas.note.AlertSilence;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall silence}: no alerts of some servers for a while. As a note it goes to Kafka, so that every warehouse has it. */
@Command(
        name = "silence",
        headerHeading = "Example: risefall silence web/srv1 --for 2h --why \"new disks\"%n%n",
        description = {
            "Sends no alerts of these servers for a while, and returns when that holds. Numbers and reports stay the same; the "
                    + "report names the silence. What is still down at its end is told then.",
            "Also works while risefall run uses the same data directory. The same in SQL: view alert_silences."
        })
public final class SilenceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "PROXY[/SERVER]",
            arity = "0..1",
            description = "the backend or server; also a pattern, such as 'web-*' or 'web/srv?'")
    private @Nullable String servers;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = AgeConverter.class,
            description = "how long, such as 45m, 2h or 3d")
    private @Nullable Duration duration;

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason, of at most 500 characters")
    private @Nullable String why;

    @Option(names = "--node", paramLabel = "NODE", description = "only what this HAProxy host sees (default: all)")
    private @Nullable String node;

    @Option(names = "--list", description = "print the silences that last")
    private boolean list;

    @Option(names = "--end", paramLabel = "ID", description = "end this silence now; --list prints its ID")
    private @Nullable String end;

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    public SilenceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        int asked = (servers == null ? 0 : 1) + (list ? 1 : 0) + (end == null ? 0 : 1);
        if (asked != 1) {
            throw misused("give one of PROXY[/SERVER], --list and --end ID");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        if (list) {
            try (QueryClient client = QueryClient.open(common, zone.zone())) {
                Silenced.print(client, now, terminal);
            }
            return CommandLine.ExitCode.OK;
        }
        if (end != null) {
            AlertSilence ended = lasting(end, now).endedAt(now);
            publish(ended);
            terminal.info("ended silence " + ended.id() + " of " + target(ended));
            return CommandLine.ExitCode.OK;
        }
        AlertSilence silence = silence(now);
        publish(silence);
        unseen(silence).ifPresent(why -> terminal.info("it silences no server that was seen: " + why));
        terminal.info("no alerts of " + target(silence) + " until " + LocalTimes.exact(silence.until(), zone.zone())
                + "; end it with risefall silence --end " + silence.id());
        return CommandLine.ExitCode.OK;
    }

    private AlertSilence silence(Instant now) {
        if (duration == null || why == null) {
            throw misused("a silence needs an end and a reason: --for 2h --why \"new disks\"");
        }
        try {
            ServerTarget target = ServerTarget.parse(servers, node);
            return new AlertSilence(
                    AlertSilence.newId(),
                    target.node(),
                    Objects.requireNonNull(target.proxy()),
                    target.server(),
                    now,
                    now.plus(duration).truncatedTo(ChronoUnit.SECONDS),
                    why,
                    systemUser());
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    /** Java's name of a user whom the system does not know, as in containers, is no name. */
    private static @Nullable String systemUser() {
        String name = System.getProperty("user.name", "?");
        return name.equals("?") || name.isBlank() ? null : name;
    }

    private AlertSilence lasting(String id, Instant now) throws Exception {
        try (QueryClient client = QueryClient.open(common, zone.zone())) {
            return Silenced.read(client, now).stream()
                    .filter(silence -> silence.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new CommandException(
                            "no silence " + Printable.of(id) + " lasts; those that do: risefall silence --list"));
        }
    }

    private void publish(AlertSilence silence) throws Exception {
        DataDirectory data = new DataDirectory(common.data(), "risefall");
        if (common.kafka() == null
                && !Files.exists(data.warehouse())
                && ServiceClient.find(data.path()).isEmpty()) {
            throw QueryClient.noData(common);
        }
        try (Pipeline pipeline = Pipeline.open(common, zone.zone(), null, rules.rules(), terminal)) {
            Notes.publish(pipeline.kafka(), List.of(silence));
            try (ProgressDisplay bar = new ProgressDisplay(terminal)) {
                pipeline.awaitQueryable(bar);
            }
        }
    }

    private Optional<String> unseen(AlertSilence silence) throws Exception {
        if (!Files.exists(new DataDirectory(common.data(), "risefall").warehouse())) {
            return Optional.empty(); // of a service elsewhere
        }
        try (QueryClient client = QueryClient.open(common, zone.zone())) {
            return Silenced.unseen(client, silence, target(silence));
        }
    }

    private static ServerTarget target(AlertSilence silence) {
        return new ServerTarget(silence.proxy(), silence.server(), silence.node());
    }

    private ParameterException misused(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
