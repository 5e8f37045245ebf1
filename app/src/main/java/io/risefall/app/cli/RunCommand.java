package io.risefall.app.cli;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ConfiguredSource;
import io.risefall.app.options.GapOptions;
import io.risefall.app.options.HostPort;
import io.risefall.app.options.JournalOptions;
import io.risefall.app.options.LiveOptions;
import io.risefall.app.options.RoleOptions;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.options.SharingOptions;
import io.risefall.app.options.SourceOptions;
import io.risefall.app.options.Sources;
import io.risefall.app.process.Logs;
import io.risefall.app.process.Parts;
import io.risefall.app.runtime.AllInOne;
import io.risefall.app.serving.Serving;
import io.risefall.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code risefall run}: everything in one process, until Ctrl-C. */
@Command(
        name = "run",
        headerHeading = "Example: risefall run --tail /var/log/haproxy.log%n%n",
        description = {
            "Reads HAProxy's log while it is written, and answers risefall query and report beside it.",
            "Without a source it follows /var/log/haproxy.log where that can be read, and listens for syslog on "
                    + "127.0.0.1:5514, UDP and TCP."
        })
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final List<ConfiguredSource> configured;

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            converter = HostPort.Converter.class,
            description =
                    "where SQL and reports are served to who has the token; beware of other than loopback (default: a "
                            + "free port of loopback)")
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
    private GapOptions gaps = new GapOptions();

    @Mixin
    private SharingOptions sharing = new SharingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** @param configured the sources of the configuration file, once it is read */
    RunCommand(Terminal terminal, List<ConfiguredSource> configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public Integer call() throws Exception {
        if (configured.isEmpty()) {
            live.assumeUsual();
        }
        Sources sources = Sources.of(live, source, configured);
        sources.checkFree();
        Serving.checkFree(http);
        try (DataDirectory data = new DataDirectory(common.data, "risefall")) {
            data.lock();
            data.share(sharing.group);
            data.keep();
            Logs.start(data.path(), terminal.err(), common.debug);
            try (AllInOne all = new AllInOne(
                    data,
                    common.kafka(),
                    source.zone(),
                    roles.all(),
                    rules.rules(),
                    http,
                    kafka -> journal.in(sources.settings(kafka, data.path())))) {
                all.beforeReading(kafka -> gaps.apply(kafka, data, source.zone(), terminal));
                all.start();
                all.welcome(sources.tails()).lines().forEach(terminal::say);
                Parts.awaitFailure(all.failed());
                terminal.say("risefall: stopping");
            }
        } catch (InterruptedException | InterruptException e) {
            terminal.say("risefall: stopped before it ran");
        } finally {
            Logs.stop();
        }
        return CommandLine.ExitCode.OK;
    }
}
