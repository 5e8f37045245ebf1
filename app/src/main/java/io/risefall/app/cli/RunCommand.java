package io.risefall.app.cli;

import io.risefall.app.alert.config.AlertSections;
import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.AccessOptions;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.options.GapOptions;
import io.risefall.app.options.HostPort;
import io.risefall.app.options.JournalOptions;
import io.risefall.app.options.LiveOptions;
import io.risefall.app.options.RoleOptions;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.options.SharingOptions;
import io.risefall.app.options.SourceOptions;
import io.risefall.app.options.Sources;
import io.risefall.app.process.Lifecycle;
import io.risefall.app.process.Logs;
import io.risefall.app.process.ServiceManager;
import io.risefall.app.retention.SealingOptions;
import io.risefall.app.runtime.AllInOne;
import io.risefall.app.serving.RememberedPort;
import io.risefall.app.serving.Serving;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.warehouse.facts.SealingAges;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code risefall run}: runs everything in one process, until Ctrl-C. */
@Command(
        name = "run",
        headerHeading = "Example: risefall run --tail /var/log/haproxy.log%n%n",
        description = {
            "Follows HAProxy's log, and answers risefall query, report and explain while it runs.",
            "Without a source, it follows /var/log/haproxy.log if that is readable, and listens for syslog on "
                    + "127.0.0.1:5514 over UDP and TCP."
        })
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ConfiguredParts configured;

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            converter = HostPort.Converter.class,
            description =
                    "address of the page, and of SQL and reports for clients with the token; use a loopback address unless you "
                            + "trust the network (default: a free port on 127.0.0.1, the same at each start)")
    private HostPort http = new HostPort("127.0.0.1", 0);

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private RoleOptions roles = new RoleOptions();

    @Mixin
    private SealingOptions sealing = new SealingOptions();

    @Mixin
    private GapOptions gaps = new GapOptions();

    @Mixin
    private SharingOptions sharing = new SharingOptions();

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** @param configured what else is in the configuration file; filled before {@link #call} */
    RunCommand(Terminal terminal, ConfiguredParts configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public Integer call() throws Exception {
        if (configured.sources().isEmpty()) {
            live.useDefaults();
        }
        SealingAges ages = sealing.ages();
        Sources sources = Sources.of(live, source, configured.sources());
        NotificationConfig notifications = AlertSections.read(configured.sections(), source.zone());
        sources.checkFree();
        AccessSettings who = access.of(http);
        Serving.checkFree(http);
        try (DataDirectory data = new DataDirectory(common.data(), "risefall")) {
            data.lock();
            data.share(sharing.group());
            Logs.start(data.path(), terminal.err(), common.debug(), common.verbose());
            RememberedPort port = new RememberedPort(data);
            try (AllInOne all = new AllInOne(
                            data,
                            common.kafka(),
                            source.zone(),
                            roles.all(),
                            rules.rules(),
                            port.of(http),
                            who,
                            kafka -> journal.in(sources.settings(kafka, data.path())));
                    ServiceManager manager = ServiceManager.ofService(data.path())) {
                if (gaps.areAccepted()) {
                    all.beforeReading(kafka -> gaps.apply(kafka, data, source.zone(), terminal));
                }
                all.withNotifications(notifications);
                all.withSealing(ages);
                all.start();
                all.webAddress().ifPresent(port::keep);
                all.welcome(sources.tails()).lines().forEach(terminal::info);
                manager.started();
                Lifecycle.awaitFailure(all.failed());
                terminal.info("risefall: stopping");
            }
        } catch (InterruptedException | InterruptException e) {
            terminal.info("risefall: stopped before startup was complete");
        } finally {
            Logs.stop();
        }
        return CommandLine.ExitCode.OK;
    }
}
