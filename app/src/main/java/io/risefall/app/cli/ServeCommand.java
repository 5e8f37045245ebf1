package io.risefall.app.cli;

import io.risefall.app.alert.config.AlertSections;
import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.options.AccessOptions;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.options.GapOptions;
import io.risefall.app.options.HostPort;
import io.risefall.app.options.RoleOptions;
import io.risefall.app.options.SharingOptions;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.Lifecycle;
import io.risefall.app.process.Logs;
import io.risefall.app.process.ServiceManager;
import io.risefall.app.retention.SealingOptions;
import io.risefall.app.serving.Serving;
import io.risefall.app.serving.ServingProcess;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.warehouse.facts.SealingAges;
import io.risefall.schemas.cluster.KafkaAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code risefall serve}: the query part in its own process. */
@Command(
        name = "serve",
        headerHeading = "Example: risefall serve --bootstrap-servers kafka1:9092 --http 127.0.0.1:8404%n%n",
        description = "Stores the contents of the topics in its data directory, and answers SQL and reports.")
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ConfiguredParts configured;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8404",
            converter = HostPort.Converter.class,
            description =
                    "address to answer on; use a loopback address unless you trust the network (default: ${DEFAULT-VALUE})")
    private HostPort http = new HostPort("127.0.0.1", 8404);

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private RoleOptions roles = new RoleOptions();

    @Mixin
    private SealingOptions sealing = new SealingOptions();

    @Mixin
    private GapOptions gaps = new GapOptions();

    @Option(
            names = "--leader-elect",
            description =
                    "of all serve with this option at one Kafka, only one sends alerts and reports, the leader; when it ends, another"
                            + " one goes on where it was (default: this one sends them, whatever others do)")
    private boolean leaderElect;

    @Mixin
    private SharingOptions sharing = new SharingOptions();

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** @param configured what else is in the configuration file; filled before {@link #call} */
    ServeCommand(Terminal terminal, ConfiguredParts configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public Integer call() throws Exception {
        NotificationConfig notifications =
                AlertSections.read(configured.sections(), zone.zone()).withLeaderElect(leaderElect);
        SealingAges ages = sealing.ages();
        KafkaAddress kafka = common.requiredKafka("serve");
        AccessSettings who = access.of(http);
        Serving.checkFree(http);
        try (DataDirectory data = new DataDirectory(common.data(), "serve")) {
            data.lock();
            data.share(sharing.group());
            Logs.start(data.path(), terminal.err(), common.debug(), common.verbose());
            TopicsSetup.ifAvailable(kafka, TopicsSetup::check);
            gaps.apply(kafka, data, zone.zone(), terminal);
            try (ServingProcess serving =
                            new ServingProcess(data, zone.zone(), roles.all(), http, who, notifications, ages);
                    ServiceManager manager = ServiceManager.ofService(data.path())) {
                serving.start(kafka);
                terminal.info("risefall serve answers at " + serving.address() + " from " + kafka
                        + " (press Ctrl-C to stop)");
                manager.started();
                Lifecycle.awaitFailure(serving.failed());
            }
        } finally {
            Logs.stop();
        }
        return CommandLine.ExitCode.OK;
    }
}
