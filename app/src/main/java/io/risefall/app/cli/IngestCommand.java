package io.risefall.app.cli;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredSource;
import io.risefall.app.options.JournalOptions;
import io.risefall.app.options.LiveOptions;
import io.risefall.app.options.SourceOptions;
import io.risefall.app.options.Sources;
import io.risefall.app.process.Logs;
import io.risefall.app.process.Parts;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.Ingest;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.network.HostName;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall ingest}: the ingest part as a process of its own. */
@Command(
        name = "ingest",
        headerHeading = "Example: risefall ingest --bootstrap-servers kafka1:9092 --tail /var/log/haproxy.log%n%n",
        description = "Reads logs and syslog, and publishes what they say about health. One for each host or relay.")
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

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "this process among several; keep it over restarts (default: the host name)")
    private String instance = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param configured the sources of the configuration file, once it is read */
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
                    "nothing to read: give --tail FILE, --syslog-udp or --syslog-tcp HOST:PORT, or --config FILE with "
                            + "sources");
        }
        try (DataDirectory data = new DataDirectory(common.data, "ingest")) {
            data.lock();
            Logs.start(data.path(), terminal.err(), common.debug);
            String name = instance.isEmpty() ? HostName.get() : instance;
            IngestSettings settings =
                    journal.in(Sources.of(live, source, configured).settings(kafka, data.path()));
            try (Ingest ingest = new Ingest(settings.withInstance(name), Clock.systemUTC())) {
                ingest.start();
                terminal.say("risefall ingest " + name + " publishes to " + kafka + "; Ctrl-C ends it");
                Parts.awaitFailure(ingest.failed());
            }
        } finally {
            Logs.stop();
        }
        return CommandLine.ExitCode.OK;
    }
}
