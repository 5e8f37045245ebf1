package io.risefall.app.doctor;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.query.reconcile.CountedServer;
import io.risefall.query.reconcile.HaproxyCounters;
import io.risefall.query.text.Counts;
import io.risefall.query.text.NameList;
import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks HAProxy at its stats socket: whether it runs, and how it finds its servers. Used once. */
final class ProcessExaminer {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SOCKET = "stats socket";
    private static final String PROCESS = "process";
    private static final String STATES = "states";
    private static final int MOST_NAMES = 5;

    private final StatsAddress address;
    private final List<Examination> examinations = new ArrayList<>();
    private @Nullable HaproxyProcess process;

    ProcessExaminer(StatsAddress address) {
        this.address = address;
    }

    List<Examination> examine() {
        StatsClient client = new StatsClient(address, PATIENCE);
        try {
            HaproxyProcess answering = client.process();
            process = answering;
            examinations.add(Examination.ok(
                    PROCESS,
                    "haproxy",
                    "running",
                    "process " + answering.pid() + ", version " + answering.version() + ", since "
                            + Durations.text(answering.uptime().toMillis())));
            examinations.add(Examination.ok(SOCKET, address.text(), "answers", "answers"));
            states(HaproxyCounters.of(null, null, null, Instant.EPOCH, client.counters()));
        } catch (IngestException | IllegalArgumentException e) {
            withoutSocket(String.valueOf(e.getMessage()));
        }
        return examinations;
    }

    /** The process that answered; empty where none did. */
    Optional<HaproxyProcess> process() {
        return Optional.ofNullable(process);
    }

    private void withoutSocket(String why) {
        if (process == null) {
            List<Long> running =
                    RunningHaproxy.all().stream().map(RunningHaproxy::pid).toList();
            examinations.add(
                    running.isEmpty()
                            ? Examination.wrong(
                                    PROCESS, "haproxy", "running", "no such process", "systemctl status haproxy")
                            : Examination.ok(PROCESS, "haproxy", "running", "process " + running.get(0)));
        }
        int remedy = why.indexOf("; ");
        examinations.add(Examination.wrong(
                SOCKET,
                address.text(),
                "answers",
                remedy < 0 ? why : why.substring(0, remedy),
                remedy < 0 ? "give another with --socket" : why.substring(remedy + 2)));
    }

    private void states(HaproxyCounters counters) {
        List<CountedServer> servers = counters.servers();
        List<String> down = servers.stream()
                .filter(server -> server.state().equals("down"))
                .map(CountedServer::name)
                .toList();
        String found = Counts.grouped(down.size()) + " of " + Counts.servers(servers.size()) + " DOWN";
        examinations.add(
                down.isEmpty()
                        ? Examination.ok(STATES, "all servers", "none is DOWN", found)
                        : Examination.wrong(
                                STATES,
                                "all servers",
                                "none is DOWN",
                                found + ": " + NameList.some(down, MOST_NAMES),
                                "risefall diagnose " + down.get(0)));
    }
}
