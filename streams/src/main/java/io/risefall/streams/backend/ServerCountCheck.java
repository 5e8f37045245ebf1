package io.risefall.streams.backend;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ProxySnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.state.Loss;
import io.risefall.streams.model.Line;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the counts in the lines of one backend follow from one another, process by process: {@code 3 active … left}
 * after a DOWN where the line before said 4. Where they do not, lines were lost ({@link Loss}). Pure; lines come in the
 * order of time.
 *
 * <p>Nothing is compared where something else explains as well what is missing: without pids a reload does, and with agent
 * checks an agent that says {@code 0%}, because HAProxy prints no line for it.
 *
 * @param processes of each process that has spoken what its lines add up to, the last that spoke at the end
 */
public record ServerCountCheck(List<ProcessCounts> processes) {
    static final ServerCountCheck NONE = new ServerCountCheck(List.of());

    /** More than two HAProxies and their predecessors on one host do not serve the same backend. */
    private static final int MOST_PROCESSES = 8;

    public ServerCountCheck {
        processes = List.copyOf(processes);
    }

    /** Whether a message changes the counts of a backend, or says them, or tells why they cannot be compared. */
    static boolean concerns(HealthMessage message) {
        return message instanceof ServerSwitch
                || message instanceof BackendEmpty
                || (message instanceof CheckResult check && check.agent())
                || (message instanceof ProxySnapshot snapshot && left(snapshot) != null);
    }

    ServerCountCheck on(Line line, String node) {
        HealthMessage message = line.message();
        if (!concerns(message)) {
            return this;
        }
        if (line.pid() == null) {
            String server =
                    message.serverName() == null ? null : message.serverName().server();
            return new ServerCountCheck(processes.stream()
                    .map(process -> process.incomparable(server))
                    .toList());
        }
        List<ProcessCounts> next = new ArrayList<>(processes);
        ProcessCounts process = of(line.pid());
        next.remove(process);
        next.add(heard(process == null ? ProcessCounts.begin(line.pid()) : process, line, node));
        return new ServerCountCheck(next.subList(Math.max(0, next.size() - MOST_PROCESSES), next.size()));
    }

    private static ProcessCounts heard(ProcessCounts process, Line line, String node) {
        if (line.message() instanceof ServerSwitch said) {
            return said.reason() != null && said.reason().fromAgent()
                    ? process.withAgents()
                    : process.on(line, said, node);
        }
        if (line.message() instanceof BackendEmpty) {
            return process.on(line, UsableServers.NONE, node);
        }
        return line.message() instanceof ProxySnapshot snapshot && left(snapshot) != null
                ? process.on(line, left(snapshot), node)
                : process.withAgents();
    }

    private static @Nullable UsableServers left(ProxySnapshot snapshot) {
        return switch (snapshot.what()) {
            case SERVERS_AVAILABLE ->
                snapshot.active() == null || snapshot.backup() == null
                        ? null
                        : new UsableServers(snapshot.active(), snapshot.backup());
            case NO_SERVER -> UsableServers.NONE;
            case DUMPING, RUNNING_ON_BACKUP, WITHOUT_SERVERS -> null;
        };
    }

    /** Without a process that was replaced. */
    ServerCountCheck without(long pid) {
        return new ServerCountCheck(
                processes.stream().filter(process -> process.pid() != pid).toList());
    }

    /** What later lines can still change, and the last thing before of each process. */
    List<Loss> losses(String node, String proxy) {
        return processes.stream()
                .flatMap(process -> process.losses(node, proxy).stream())
                .toList();
    }

    /** Whether later lines can still take this back. */
    boolean isUnsettled(Loss loss) {
        ProcessCounts process = of(loss.pid());
        return process != null && !loss.toAt().isBefore(process.unsettledFrom());
    }

    private @Nullable ProcessCounts of(long pid) {
        return processes.stream()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .orElse(null);
    }
}
