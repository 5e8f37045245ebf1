package io.risefall.streams.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.source.Sign;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a line tells of a process. What is known of the processes of a node is a function of the set of these.
 *
 * @param at event time
 * @param pid the process; of what a master says: the worker, or the master itself where it speaks of all of them
 * @param kind what it tells
 * @param proxy the proxy that the line was about; empty where it was about none
 * @param opening whether a process that has just begun can say this as its first word of all
 * @param master the master that said it; null where the process itself did
 * @param number which of the workers that run side by side it is; null where the master does not say
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

    /** In the order of time, and at one moment as one process follows another. */
    public static final Comparator<ProcessFact> ORDER = Comparator.comparing(ProcessFact::at)
            .thenComparing(ProcessFact::kind)
            .thenComparing(ProcessFact::pid)
            .thenComparing(ProcessFact::proxy);

    /** What a fact tells. At one moment they are heard in this order. */
    public enum Kind {
        /** It has ended, its master says. */
        EXITED,
        /** All workers of this master end. */
        ENDING,
        /** The worker that this master started last serves. */
        LOADED,
        /** The worker that this master started last never served. */
        FAILED,
        /** A master has started it, and it serves. */
        FORKED,
        /** A master has started it, and it does not serve yet. */
        INITIALIZING,
        /** {@code Proxy P started.}: it begins to serve. */
        STARTED,
        /** It printed lines of any kind from then on. */
        ALIVE,
        /** It spoke of a server or backend; old workers do so no more. */
        WORD,
        /** It spoke of a proxy, and not of its servers. */
        MENTION,
        /** It serves this proxy no more. */
        STOPPED
    }

    /** What a line of a process tells; null: nothing. */
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

    /** What signs of life tell. */
    public static ProcessFact of(Sign sign, long pid) {
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
        // A state that is carried over is printed up to 2.2 by the master, which goes on beside its workers.
        return message instanceof ServerSwitch said && said.carriedOver() ? Kind.MENTION : Kind.WORD;
    }

    /**
     * Servers begin UP, and the first failed check marks them DOWN: a process cannot begin with the news that one is UP
     * again, nor with a check in the middle of a rise or fall. (With a server-state file or {@code init-state} it can; then it
     * is taken for the old one, unless something else tells.)
     */
    private static boolean canOpen(HealthMessage message) {
        if (message instanceof ServerSwitch said) {
            return said.transition() != Transition.UP && said.transition() != Transition.MAINTENANCE_FROM_DOWN;
        }
        if (message instanceof CheckResult check && !check.agent()) {
            boolean failed = check.outcome() == CheckResult.Outcome.FAILED;
            boolean rising = !failed && check.state() == CheckResult.State.DOWN;
            boolean falling = failed && check.state() == CheckResult.State.UP;
            return !rising && !falling;
        }
        return !(message instanceof BackendEmpty);
    }

    /** Both tell the same but for the time, or how far it reaches: what stands for both. */
    public ProcessFact with(ProcessFact other) {
        Instant earlier = earlier(at, other.at);
        boolean opens = at.equals(other.at) ? opening && other.opening : earlier.equals(at) ? opening : other.opening;
        Instant last = until == null || other.until == null || until.isAfter(other.until) ? until : other.until;
        return new ProcessFact(earlier, pid, kind, proxy, opens, master, number, last);
    }

    /** Whether it is the same but for the fraction of its second, which {@code before} did not have. */
    public boolean isFinerThan(ProcessFact before) {
        return kind == Kind.WORD && at.isAfter(before.at);
    }

    /** The time that stands for it among those that tell the same: the second of words, the hour of signs. */
    public Instant slot() {
        return switch (kind) {
            case WORD -> at.truncatedTo(ChronoUnit.SECONDS);
            case ALIVE -> at.truncatedTo(ChronoUnit.HOURS);
            default -> at;
        };
    }

    /** Of a second, a stamp with fractions goes before one that only names the second: another source may have both. */
    static Instant earlier(Instant one, Instant other) {
        Instant second = one.truncatedTo(ChronoUnit.SECONDS);
        if (second.equals(other.truncatedTo(ChronoUnit.SECONDS)) && (one.equals(second) || other.equals(second))) {
            return one.equals(second) ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
