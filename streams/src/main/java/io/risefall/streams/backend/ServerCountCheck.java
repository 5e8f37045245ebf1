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
 * Checks whether the counts in the lines of one backend follow from one another, process by process: {@code 3 active … left}
 * after a DOWN if the line before had 4. If not, lines are missing ({@link Loss}). Pure; lines must come in the order of time.
 *
 * <p>Counts are not compared if something else can explain a difference: in a log without pids a reload, and with agent checks
 * an agent that says {@code 0%}, for which HAProxy prints no line.
 *
 * @param processes the counts of each process, the one of the newest line last
 */
public record ServerCountCheck(List<ProcessCounts> processes) {
    static final ServerCountCheck NONE = new ServerCountCheck(List.of());

    /** More than two HAProxies and their predecessors on one host do not serve the same backend. */
    private static final int MOST_PROCESSES = 8;

    public ServerCountCheck {
        processes = List.copyOf(processes);
    }

    /** Whether a message changes or has counts of a backend, or shows that they cannot be compared. */
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
        next.add(apply(process == null ? ProcessCounts.begin(line.pid()) : process, line, node));
        return new ServerCountCheck(next.subList(Math.max(0, next.size() - MOST_PROCESSES), next.size()));
    }

    private static ProcessCounts apply(ProcessCounts process, Line line, String node) {
        if (line.message() instanceof ServerSwitch change) {
            return change.reason() != null && change.reason().fromAgent()
                    ? process.withAgents()
                    : process.on(line, change, node);
        }
        if (line.message() instanceof BackendEmpty) {
            return process.on(line, UsableServers.NONE, node);
        }
        UsableServers left = line.message() instanceof ProxySnapshot snapshot ? left(snapshot) : null;
        return left == null ? process.withAgents() : process.on(line, left, node);
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

    /** Of each process, the losses that later lines can still change, and the last one before. */
    List<Loss> losses(String node, String proxy) {
        return processes.stream()
                .flatMap(process -> process.losses(node, proxy).stream())
                .toList();
    }

    /** Whether later lines can still change this loss. */
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
