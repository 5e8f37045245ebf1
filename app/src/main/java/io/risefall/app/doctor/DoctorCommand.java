package io.risefall.app.doctor;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.StatsAddressConverter;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.sql.QueryException;
import io.risefall.query.text.Counts;
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
                    "HAProxy's configuration, or a folder with *.cfg; several in the order of haproxy -f (default: that of the "
                            + "running HAProxy, as its command line tells, or /etc/haproxy/haproxy.cfg)")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--socket",
            paramLabel = "PATH|HOST:PORT",
            converter = StatsAddressConverter.class,
            description =
                    "HAProxy's stats socket, also TCP on loopback (default: /run/haproxy/admin.sock, or that of the configuration)")
    private @Nullable StatsAddress socket;

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
        List<RunningHaproxy> running = RunningHaproxy.all();
        ProcessExaminer process = new ProcessExaminer(socket == null ? USUAL_SOCKET : socket);
        List<Examination> examinations = process.examine();
        List<String> notes = new ArrayList<>();
        ExaminedFiles examined = files.isEmpty()
                ? ExaminedFiles.of(running, process.process().map(HaproxyProcess::pid), USUAL_FILE)
                : new ExaminedFiles(files, "");
        List<Path> read = examined.files();
        HaproxyConfig config = null;
        try {
            config = read.isEmpty() ? null : HaproxyConfig.read(read);
        } catch (QueryException e) {
            terminal.error(String.valueOf(e.getMessage()));
            return UNREADABLE;
        }
        if (!examined.note().isEmpty()) {
            notes.add(examined.note());
        }
        StatsAddress configured = config == null || socket != null ? null : StatsSockets.first(config);
        if (configured != null
                && process.process().isEmpty()
                && !configured.text().equals(USUAL_SOCKET.text())) {
            process = new ProcessExaminer(configured);
            examinations = process.examine();
        }
        examinations = new ArrayList<>(examinations);
        if (config == null) {
            notes.add("Without --haproxy-cfg neither servers nor what is logged were examined.");
        } else {
            examinations.add(ConfigExaminer.examine(read));
            examinations.addAll(servers(config, notes));
            examinations.addAll(LogExaminer.configured(config));
            LogExaminer.hostName(config, process.process()).ifPresent(examinations::add);
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
