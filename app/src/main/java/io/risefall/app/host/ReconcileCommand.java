package io.risefall.app.host;

import io.risefall.app.kafka.Notes;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.FormatOption;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.options.StatsAddressConverter;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.CommandException;
import io.risefall.app.runtime.Pipeline;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.ProgressDisplay;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.ingest.network.stats.ToldServers;
import io.risefall.query.question.ReconcileQuestion;
import io.risefall.query.reconcile.HaproxyCounters;
import io.risefall.query.reconcile.ReconcilePage;
import io.risefall.query.reconcile.Reconciler;
import io.risefall.query.reconcile.Reconciliation;
import io.risefall.query.reconcile.RecordedStates;
import io.risefall.query.sql.QueryException;
import io.risefall.query.text.Counts;
import io.risefall.query.text.PrettyJson;
import io.risefall.query.time.PastMoment;
import io.risefall.schemas.event.HealthEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall reconcile}: Risefall's numbers beside HAProxy's own. */
@Command(
        name = "reconcile",
        headerHeading = "Example: risefall reconcile --socket /run/haproxy/admin.sock%n%n",
        description = {
            "Compares the state, the DOWN count and the down time of each server with what HAProxy counts itself, and explains the "
                    + "differences that are known: counters begin anew with each process, and versions count maintenance differently.",
            "HAProxy is asked at its stats socket (show info, show stat), or FILE has the CSV of show stat.",
            "Exit codes: 0 all agree or are explained, 1 something differs, 2 wrong usage, or HAProxy or the data cannot be read."
        })
public final class ReconcileCommand implements Callable<Integer> {
    private static final StatsAddress USUAL = StatsAddress.parse("/run/haproxy/admin.sock");
    private static final int UNREACHABLE = 2;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "FILE.csv",
            arity = "0..1",
            description = "the answer to show stat, or the CSV of the statistics page, instead of a socket")
    private @Nullable Path file;

    @Option(
            names = "--socket",
            paramLabel = "PATH|HOST:PORT",
            converter = StatsAddressConverter.class,
            description = "HAProxy's stats socket, also TCP on loopback (default: /run/haproxy/admin.sock)")
    private @Nullable StatsAddress socket;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description =
                    "the name of this HAProxy host in Risefall (default: the one that logged as HAProxy's process)")
    private @Nullable String node;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "with FILE: when the process began, such as 3d (ago) or 2026-11-01T14:30 (default: at its first line)")
    private @Nullable String since;

    @Option(
            names = "--haproxy-version",
            paramLabel = "VERSION",
            description = "with FILE: the version of HAProxy, such as 2.6, which decides how it counts")
    private @Nullable String version;

    @Option(
            names = "--settle",
            description =
                    "first, takes from HAProxy the states of servers of which Risefall knows none: those that no line has "
                            + "shown yet, and those that are unknown since a reload. They hold from now on, with the cause observed, and "
                            + "contradict no line")
    private boolean settle;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ReconcileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (file != null && socket != null) {
            throw misused("give FILE or --socket, not both");
        }
        if (file == null && (since != null || version != null)) {
            throw misused("--since and --haproxy-version belong to FILE: a socket tells both");
        }
        if (file != null && settle) {
            throw misused("--settle asks HAProxy itself: give --socket, not FILE");
        }
        try {
            if (settle) {
                settle(socket == null ? USUAL : socket);
            }
            HaproxyCounters counters = file == null ? asked(socket == null ? USUAL : socket) : saved(file);
            Reconciliation reconciliation = Reconciler.of(counters, recorded(counters));
            format.format().write(new ReconcilePage(reconciliation, zone.zone()).page(), terminal.out());
            terminal.out().flush();
            return reconciliation.exitCode();
        } catch (CommandException | IngestException | QueryException e) {
            terminal.error(String.valueOf(e.getMessage()));
            return UNREACHABLE;
        }
    }

    private void settle(StatsAddress address) throws Exception {
        ToldServers told = new StatsClient(address, StatsClient.PATIENCE).servers();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<HealthEvent> events = Settlement.of(told, recorded(told.process().pid(), null), address, at);
        if (!events.isEmpty()) {
            try (Pipeline pipeline = Pipeline.open(common, zone.zone(), null, rules.rules(), terminal);
                    ProgressDisplay bar = new ProgressDisplay(terminal)) {
                Notes.publishTold(pipeline.kafka(), events);
                pipeline.awaitQueryable(bar);
            }
        }
        terminal.info("settled: " + Counts.plural(events.size(), "server"));
    }

    private static HaproxyCounters asked(StatsAddress address) {
        StatsClient client = new StatsClient(address, StatsClient.PATIENCE);
        Instant before = now();
        HaproxyProcess process = client.process();
        // Uptime is a difference of whole seconds: so it began in the second that begins here.
        Instant begun = before.truncatedTo(ChronoUnit.SECONDS).minus(process.uptime());
        return counters(process.version(), process.pid(), begun, now(), client.counters(), address);
    }

    private HaproxyCounters saved(Path csv) {
        try {
            Instant taken = Files.getLastModifiedTime(csv).toInstant().truncatedTo(ChronoUnit.MILLIS);
            Instant begun = since == null ? null : PastMoment.of(since, zone.zone(), now());
            return counters(version, null, begun, taken, Files.readString(csv, StandardCharsets.UTF_8), csv);
        } catch (IOException e) {
            throw new CommandException("cannot read " + csv + ": " + CommandException.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw misused(e.getMessage());
        }
    }

    private static HaproxyCounters counters(
            @Nullable String version,
            @Nullable Long pid,
            @Nullable Instant begun,
            Instant taken,
            String csv,
            Object from) {
        try {
            return HaproxyCounters.of(version, pid, begun, taken, csv);
        } catch (IllegalArgumentException e) {
            throw new CommandException("cannot read the counters of " + from + ": " + e.getMessage(), e);
        }
    }

    private RecordedStates recorded(HaproxyCounters counters) throws Exception {
        return recorded(counters.pid(), counters.begunAt());
    }

    private RecordedStates recorded(@Nullable Long pid, @Nullable Instant begunAt) throws Exception {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (QueryClient answers = QueryClient.open(common, zone.zone())) {
            answers.ask(new ReconcileQuestion(), ReconcileQuestion.parameters(node, pid, begunAt), json);
        }
        return PrettyJson.read(json.toByteArray(), RecordedStates.class);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private ParameterException misused(@Nullable String why) {
        return new ParameterException(spec.commandLine(), String.valueOf(why));
    }
}
