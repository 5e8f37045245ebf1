package io.risefall.app.doctor;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.StatsAddressConverter;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.sql.QueryException;
import io.risefall.query.text.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code risefall doctor}: what is wrong with HAProxy's checks and log on this host. */
@Command(
        name = "doctor",
        headerHeading = "Example: risefall doctor --haproxy-cfg /etc/haproxy/haproxy.cfg%n%n",
        description = {
            "Goes through the checklist of a troubleshooter on the host of HAProxy: does it run, is its configuration valid, does its "
                    + "stats socket answer, which servers are DOWN; for each checked server its name, its port, its certificate and its "
                    + "health endpoint; is its log told of checks, and does it arrive here. Each with what is expected, what was found, and "
                    + "the next step.",
            "Only addresses of the configuration are contacted, as HAProxy's checks do. Secrets of the configuration are not printed.",
            "Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage, or the configuration cannot be read."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final StatsAddress USUAL_SOCKET = StatsAddress.parse("/run/haproxy/admin.sock");
    private static final Path USUAL_FILE = Path.of("/etc/haproxy/haproxy.cfg");
    private static final int UNREADABLE = 2;
    private static final int AT_A_TIME = 32;
    /** More take minutes where nothing answers. */
    private static final int MOST_SERVERS = 500;

    private final Terminal terminal;

    @Option(
            names = "--haproxy-cfg",
            paramLabel = "FILE",
            description =
                    "HAProxy's configuration, or a folder with *.cfg; several in the order of haproxy -f (default: "
                            + "/etc/haproxy/haproxy.cfg, if there is one)")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--socket",
            paramLabel = "PATH|HOST:PORT",
            converter = StatsAddressConverter.class,
            description = "HAProxy's stats socket, also TCP on loopback (default: /run/haproxy/admin.sock)")
    private StatsAddress socket = USUAL_SOCKET;

    @Option(names = "--json", description = "print JSON for programs")
    private boolean json;

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        List<Path> read = files.isEmpty() && Files.exists(USUAL_FILE) ? List.of(USUAL_FILE) : files;
        HaproxyConfig config = null;
        try {
            config = read.isEmpty() ? null : HaproxyConfig.read(read);
        } catch (QueryException e) {
            terminal.error(String.valueOf(e.getMessage()));
            return UNREADABLE;
        }
        List<Examination> examinations = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        ProcessExaminer process = new ProcessExaminer(socket);
        examinations.addAll(process.examine());
        if (config == null) {
            notes.add("Without --haproxy-cfg neither servers nor what is logged were examined.");
        } else {
            examinations.add(ConfigExaminer.examine(read));
            examinations.addAll(servers(config, notes));
            examinations.addAll(LogExaminer.configured(config));
        }
        examinations.add(LogExaminer.arrived(common, zone.zone(), process.process()));
        DoctorPage page = new DoctorPage(examinations, notes);
        if (json) {
            terminal.out().println(page.json());
        } else {
            page.print(terminal.out());
        }
        terminal.out().flush();
        return page.exitCode();
    }

    private static List<Examination> servers(@Nullable HaproxyConfig config, List<String> notes)
            throws InterruptedException, ExecutionException {
        List<ConfiguredServer> all = config == null
                ? List.of()
                : config.servers().stream().filter(ServerExaminer::isProbed).toList();
        List<ConfiguredServer> some = all.subList(0, Math.min(MOST_SERVERS, all.size()));
        if (some.size() < all.size()) {
            notes.add("Of " + Counts.servers(all.size()) + " the first " + some.size() + " were examined.");
        }
        Instant now = Instant.now();
        ExecutorService examiners = Executors.newFixedThreadPool(AT_A_TIME, new DefaultThreadFactory("doctor", true));
        try {
            List<Callable<List<Examination>>> tasks = some.stream()
                    .<Callable<List<Examination>>>map(server -> () -> new ServerExaminer(server, now).examine())
                    .toList();
            List<Examination> examinations = new ArrayList<>();
            for (Future<List<Examination>> examined : examiners.invokeAll(tasks)) {
                examinations.addAll(examined.get());
            }
            return examinations;
        } finally {
            examiners.shutdownNow();
        }
    }
}
