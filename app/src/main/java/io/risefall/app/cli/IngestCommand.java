package io.risefall.app.cli;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredSource;
import io.risefall.app.options.HealthOption;
import io.risefall.app.options.InstanceOption;
import io.risefall.app.options.JournalOptions;
import io.risefall.app.options.LiveOptions;
import io.risefall.app.options.SourceOptions;
import io.risefall.app.options.Sources;
import io.risefall.app.process.AliveMark;
import io.risefall.app.process.Lifecycle;
import io.risefall.app.process.Logs;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.Ingest;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.IngestState;
import io.risefall.query.health.PartHealth;
import io.risefall.query.health.PartState;
import io.risefall.query.health.PartState.Waiting;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall ingest}: ingest in its own process. */
@Command(
        name = "ingest",
        headerHeading = "Example: risefall ingest --bootstrap-servers kafka1:9092 --tail /var/log/haproxy.log%n%n",
        description = "Reads logs and syslog, and publishes health events to Kafka. Run one per host or relay.")
final class IngestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final List<ConfiguredSource> configured;

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private HealthOption health = new HealthOption();

    @Mixin
    private InstanceOption instance = new InstanceOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param configured the sources in the configuration file; filled before {@link #call} */
    IngestCommand(Terminal terminal, List<ConfiguredSource> configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public Integer call() throws Exception {
        KafkaAddress kafka = common.requiredKafka("ingest");
        if (live.isEmpty() && configured.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no source given; use --tail FILE, --syslog-udp HOST:PORT, --syslog-tcp HOST:PORT, or --config FILE with "
                            + "sources");
        }
        try (DataDirectory data = new DataDirectory(common.data(), "ingest")) {
            data.lock();
            Logs.start(data.path(), terminal.err(), common.debug(), common.verbose());
            String name = instance.instance();
            IngestSettings settings =
                    journal.in(Sources.of(live, source, configured).settings(kafka, data.path()));
            try (Ingest ingest = new Ingest(settings.withInstance(name), Clock.systemUTC());
                    AliveMark alive = new AliveMark(data.path(), ingest.failed(), Clock.systemUTC())) {
                ingest.start();
                alive.start();
                try (PartHealth answering =
                        health.start(() -> state(ingest), "reads and publishes lines", data.path(), kafka, terminal)) {
                    terminal.info("risefall ingest " + name + " is publishing to " + kafka + " (press Ctrl-C to stop)");
                    Lifecycle.awaitFailure(ingest.failed());
                }
            }
        } finally {
            Logs.stop();
        }
        return CommandLine.ExitCode.OK;
    }

    private static PartState state(Ingest ingest) {
        IngestState state = ingest.state();
        return new PartState(
                state.kafkaAwaySince(),
                state.sinceTurn(),
                state.waiting().entrySet().stream()
                        .map(source -> new Waiting(
                                source.getKey(), state.read().getOrDefault(source.getKey(), 0L), source.getValue()))
                        .toList());
    }
}
