package io.risefall.streams.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.source.ProcessActivity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One fact about a process, from one line. What is known of the processes of a node is a function of the set of facts.
 *
 * @param at event time
 * @param pid the process; for a line of a master: the worker, or the master itself if the line is about all workers
 * @param kind the kind of fact
 * @param proxy the proxy that the line was about; empty if it was about none
 * @param opening whether a new process can begin with such a line
 * @param master the master that printed the line; null if the process itself did
 * @param number its number among the workers that run side by side; null if the line has none
 * @param until of {@link Kind#ALIVE}: its last sign of life in that hour, to the minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProcessFact(
        Instant at,
        long pid,
        Kind kind,
        String proxy,
        boolean opening,
        @Nullable Long master,
        @Nullable Integer number,
        @Nullable Instant until) {

    /** In the order of time; at one moment, ends come before begins. Of two facts that are kept, one is always first. */
    public static final Comparator<ProcessFact> ORDER = Comparator.comparing(ProcessFact::at)
            .thenComparing(ProcessFact::kind)
            .thenComparing(ProcessFact::pid)
            .thenComparing(ProcessFact::proxy);

    /** The kinds of facts, in the order in which those of one moment are applied. */
    public enum Kind {
        /** Its master reported that it ended. */
        EXITED,
        /** All workers of this master end. */
        ENDING,
        /** A master started it, and it does not serve yet. Most are loaded within the same second. */
        INITIALIZING,
        /** The last worker that this master started serves now. */
        LOADED,
        /** The last worker that this master started never served. */
        FAILED,
        /** A master started it, and it serves. */
        FORKED,
        /** {@code Proxy P started.}: it begins to serve. */
        STARTED,
        /** It printed lines of any kind from then on. */
        ALIVE,
        /** It printed a line about a server or backend, as replaced workers do not. */
        WORD,
        /** It printed a line about a proxy, and not about its servers. */
        MENTION,
        /** It stopped serving this proxy. */
        STOPPED
    }

    /** The fact in a line of a process; null if there is none. */
    public static @Nullable ProcessFact of(Instant at, long pid, HealthMessage message) {
        if (message instanceof MasterNotice notice) {
            return of(at, pid, notice);
        }
        Kind kind = kind(message);
        return new ProcessFact(at, pid, kind, message.proxy(), canOpen(message), null, null, null);
    }

    private static @Nullable ProcessFact of(Instant at, long master, MasterNotice notice) {
        Kind kind = switch (notice.what()) {
            case FORKED -> Kind.FORKED;
            case INITIALIZING -> Kind.INITIALIZING;
            case LOADED -> Kind.LOADED;
            case WORKER_FAILED -> Kind.FAILED;
            case FORMER_EXITED, CURRENT_EXITED, EXITED -> Kind.EXITED;
            case ALL_EXITED, EXITING, KILLING -> Kind.ENDING;
            case NOT_LOADED, RELOADING -> null;
        };
        boolean ofWorker = kind == Kind.FORKED || kind == Kind.INITIALIZING || kind == Kind.EXITED;
        if (kind == null || ofWorker && notice.worker() == null) {
            return null;
        }
        long pid = ofWorker ? notice.worker() : master;
        return new ProcessFact(at, pid, kind, "", false, master, notice.number(), null);
    }

    /** The fact in signs of life. */
    public static ProcessFact of(ProcessActivity sign, long pid) {
        Instant until = sign.lastAt().truncatedTo(ChronoUnit.MINUTES);
        return alive(pid, sign.firstAt(), until.isBefore(sign.firstAt()) ? sign.firstAt() : until);
    }

    /** Lines of any kind, the first and the last of an hour. */
    public static ProcessFact alive(long pid, Instant first, Instant until) {
        return new ProcessFact(first, pid, Kind.ALIVE, "", true, null, null, until);
    }

    public static ProcessFact stopped(long pid, Instant at, String proxy) {
        return new ProcessFact(at, pid, Kind.STOPPED, proxy, false, null, null, null);
    }

    public static ProcessFact mentioned(long pid, Instant at, String proxy) {
        return new ProcessFact(at, pid, Kind.MENTION, proxy, false, null, null, null);
    }

    private static Kind kind(HealthMessage message) {
        if (message instanceof ProxyNotice notice) {
            return notice.what().ends()
                    ? Kind.STOPPED
                    : notice.what() == ProxyNotice.What.STARTED ? Kind.STARTED : Kind.MENTION;
        }
        // Up to 2.2 the master prints the states that are carried over, and it runs beside its workers.
        return message instanceof ServerSwitch change && change.carriedOver() ? Kind.MENTION : Kind.WORD;
    }

    /**
     * Servers begin UP, and the first failed check marks them DOWN. So a process cannot begin with a line that a server is UP
     * again, nor with a check in the middle of a rise or fall. (With a server-state file or {@code init-state} it can. Then the
     * line counts as one of the old process, unless other lines show that it is not.)
     */
    private static boolean canOpen(HealthMessage message) {
        if (message instanceof ServerSwitch change) {
            return change.transition() != Transition.UP && change.transition() != Transition.MAINTENANCE_FROM_DOWN;
        }
        if (message instanceof CheckResult check && !check.agent()) {
            boolean failed = check.outcome() == CheckResult.Outcome.FAILED;
            boolean rising = !failed && check.state() == CheckResult.State.DOWN;
            boolean falling = failed && check.state() == CheckResult.State.UP;
            return !rising && !falling;
        }
        return !(message instanceof BackendEmpty);
    }

    /** Merges two facts that differ only in their time, or in how far it reaches. */
    public ProcessFact with(ProcessFact other) {
        Instant earlier = earlier(at, other.at);
        boolean opens = at.equals(other.at) ? opening && other.opening : earlier.equals(at) ? opening : other.opening;
        Instant last = until == null || other.until == null || until.isAfter(other.until) ? until : other.until;
        return new ProcessFact(earlier, pid, kind, proxy, opens, master, number, last);
    }

    /** Whether it only adds the fraction of the second to {@code before}. */
    public boolean isFinerThan(ProcessFact before) {
        return kind == Kind.WORD && at.isAfter(before.at);
    }

    /** The time by which equal facts are merged: the second for lines, the hour for signs of life. */
    public Instant slot() {
        return switch (kind) {
            case WORD -> at.truncatedTo(ChronoUnit.SECONDS);
            case ALIVE -> at.truncatedTo(ChronoUnit.HOURS);
            default -> at;
        };
    }

    /** Within one second, a timestamp with fractions wins over a whole second: another source may have it. */
    static Instant earlier(Instant one, Instant other) {
        Instant second = one.truncatedTo(ChronoUnit.SECONDS);
        if (second.equals(other.truncatedTo(ChronoUnit.SECONDS)) && (one.equals(second) || other.equals(second))) {
            return one.equals(second) ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
