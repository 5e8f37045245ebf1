package io.risefall.streams.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.streams.process.ProcessFact.Kind;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a node after all facts so far, which must come in {@link ProcessFact#ORDER}. A line of a pid is of the same
 * process as before, unless: that process had ended, or had stopped serving the proxy of the line; its master started the pid
 * again; the line reports that it begins to serve; or another process replaced it meanwhile, and a process can begin with such
 * a line.
 *
 * @param all every process, in {@link StartOrder}
 * @param starting by master: the worker that it started and that does not serve yet
 * @param newest the last of all facts; null before the first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Generations(
        List<Generation> all,
        Map<Long, Long> starting,
        @Nullable ProcessFact newest) {
    public static final Generations NONE = new Generations(List.of(), Map.of(), null);

    /** So many processes are always kept: what servers see of a process depends on the one before. */
    private static final int AT_LEAST = 100;
    /** A node that reloads more often than this within the reach of corrections loses the oldest. */
    private static final int AT_MOST = 2000;

    /** After such a silence the same pid is another process, if there was another process in between. */
    private static final Duration REUSE = Duration.ofDays(1);

    public Generations {
        all = all == null ? List.of() : List.copyOf(all);
        starting = starting == null ? Map.of() : Map.copyOf(starting);
    }

    /** The processes that follow from a set of facts, in any order. */
    public static Generations of(Iterable<ProcessFact> facts, Duration reach) {
        List<ProcessFact> sorted = new ArrayList<>();
        facts.forEach(sorted::add);
        sorted.sort(ProcessFact.ORDER);
        Draft draft = new Draft(NONE, reach);
        sorted.forEach(draft::apply);
        return draft.done(NONE);
    }

    /** Whether {@link #after} gives the same result for this fact as all facts in order. */
    public boolean isNext(ProcessFact fact) {
        boolean last = newest == null ? all.isEmpty() : ProcessFact.ORDER.compare(fact, newest) >= 0;
        return last || changesNothingElse(fact);
    }

    /**
     * Whether one line more in a second changes nothing, although with it another first line of the second shows whether a
     * process can begin with it.
     */
    public boolean isSameBegin(ProcessFact was, ProcessFact is) {
        return was.opening() == is.opening() || isWithinItsProcess(was, is);
    }

    /**
     * Whether {@link #refined} gives the same result as all facts: no process began with it or since, or it is the last fact, and
     * no handover begins or ends in between. That a worker was loaded may follow from it, too.
     */
    public boolean canRefine(ProcessFact was, ProcessFact is) {
        if (all.stream().anyMatch(process -> was.at().equals(process.forked()))) {
            return false;
        }
        return isWithinItsProcess(was, is)
                || was.equals(newest)
                        && was.opening() == is.opening()
                        && all.stream()
                                .filter(process -> process.pid() != is.pid())
                                .flatMap(process -> process.times())
                                .noneMatch(time -> isBetween(time, was, is))
                        && all.stream()
                                .flatMap(process -> process.times())
                                .noneMatch(time -> isBetween(time.plus(Tolerances.HANDOVER), was, is)
                                        || isBetween(time.minus(Tolerances.HANDOVER), was, is));
    }

    private boolean isWithinItsProcess(ProcessFact was, ProcessFact is) {
        return changesNothingElse(is)
                && all.stream().noneMatch(process -> process.first().equals(was.at()));
    }

    private static boolean isBetween(Instant time, ProcessFact from, ProcessFact to) {
        return !time.isBefore(from.at()) && !time.isAfter(to.at());
    }

    /** After the fraction of the second of an applied fact became known. */
    public Generations refined(ProcessFact was, ProcessFact is) {
        List<Generation> finer = new ArrayList<>(all);
        finer.replaceAll(process ->
                process.pid() == is.pid() && process.first().equals(was.at()) ? process.since(is.at()) : process);
        StartOrder.sort(finer);
        return new Generations(finer, starting, was.equals(newest) ? is : later(newest, is));
    }

    private static ProcessFact later(@Nullable ProcessFact one, ProcessFact other) {
        return one == null || ProcessFact.ORDER.compare(other, one) > 0 ? other : one;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** A sign of life of the newest process with that pid, or one of its lines among its others while no other process began. */
    private boolean changesNothingElse(ProcessFact fact) {
        Generation own = newestOf(fact.pid());
        if (own == null || own.ended() != null || fact.at().isBefore(own.first())) {
            return false;
        }
        if (fact.kind() == Kind.ALIVE) {
            return true;
        }
        Instant until = later(fact.at(), own.last());
        return fact.kind() == Kind.WORD
                && own.last() != null
                && own.stops().isEmpty()
                && starting.isEmpty()
                && all.stream()
                        .allMatch(other -> other == own
                                || other.first().isBefore(own.first())
                                || other.first().isAfter(until));
    }

    /** After one more fact. @param reach processes that ended so long before the newest began can be dropped */
    public Generations after(ProcessFact fact, Duration reach) {
        Draft draft = new Draft(this, reach);
        draft.apply(fact);
        return draft.done(this);
    }

    private @Nullable Generation newestOf(long pid) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).pid() == pid) {
                return all.get(i);
            }
        }
        return null;
    }

    /** A copy that changes. Lives for one call. */
    private static final class Draft {
        private final List<Generation> all;
        private final Map<Long, Long> starting;
        private final Duration reach;
        private @Nullable ProcessFact newest;
        private boolean begun;

        Draft(Generations before, Duration reach) {
            this.reach = reach;
            all = new ArrayList<>(before.all);
            starting = new TreeMap<>(before.starting);
            newest = before.newest;
        }

        void apply(ProcessFact fact) {
            applyKind(fact);
            refineBegin(fact);
            newest = later(newest, fact);
            if (begun) {
                begun = false;
                StartOrder.sort(all);
                forgetOldest();
            }
        }

        private void applyKind(ProcessFact fact) {
            switch (fact.kind()) {
                case WORD -> reported(fact);
                case MENTION -> change(current(fact), process -> process.mentioned(fact.proxy()));
                case STOPPED -> change(current(fact), process -> process.stopped(fact.at(), fact.proxy()));
                case STARTED -> started(fact);
                case ALIVE -> {
                    Instant until = fact.until() == null ? fact.at() : fact.until();
                    change(current(fact), process -> process.alive(until));
                }
                case FORKED -> forked(fact.pid(), fact.at(), fact.master(), fact.number());
                case INITIALIZING -> starting.put(fact.master(), fact.pid());
                case LOADED -> {
                    Long worker = starting.remove(fact.pid());
                    if (worker != null) {
                        forked(worker, fact.at(), fact.pid(), null);
                    }
                }
                case FAILED -> starting.remove(fact.pid());
                case EXITED -> exited(fact);
                case ENDING -> ending(fact);
            }
        }

        /** If one source has whole seconds and another fractions, the start time is the one with the fraction. */
        private void refineBegin(ProcessFact fact) {
            int place = fact.master() == null ? newestOf(fact.pid()) : -1;
            if (place >= 0) {
                Instant first = all.get(place).first();
                Instant finer = ProcessFact.earlier(first, fact.at());
                if (finer.isAfter(first)) {
                    change(place, process -> process.since(finer));
                    begun = true;
                }
            }
        }

        private int newestOf(long pid) {
            for (int i = all.size() - 1; i >= 0; i--) {
                if (all.get(i).pid() == pid) {
                    return i;
                }
            }
            return -1;
        }

        private int add(Generation process) {
            all.add(process);
            begun = true;
            return all.size() - 1;
        }

        private interface Change {
            Generation of(Generation process);
        }

        private void change(int place, Change change) {
            all.set(place, change.of(all.get(place)));
        }

        /** The current process of a pid; a new one if the old one is known to have ended. */
        private int current(ProcessFact fact) {
            int place = newestOf(fact.pid());
            boolean over = place >= 0
                    && !all.get(place).supposed()
                    && Generation.isAfterOverlap(fact.at(), all.get(place).ended());
            return place < 0 || over ? add(Generation.begun(fact.pid(), fact.at())) : place;
        }

        private void reported(ProcessFact fact) {
            beginIfStarting(fact);
            int place = newestOf(fact.pid());
            if (place < 0 || all.get(place).isOverBefore(fact.at(), fact.proxy())) {
                place = add(Generation.begun(fact.pid(), fact.at()));
            } else {
                Generation own = all.get(place);
                Generation replacing = replacing(own, fact.at());
                boolean ending = own.supposed() && Generation.isAfterOverlap(fact.at(), own.ended());
                boolean longAgo = Duration.between(own.end(), fact.at()).compareTo(REUSE) > 0;
                if ((replacing != null || ending) && (fact.opening() || longAgo)) {
                    place = add(Generation.begun(fact.pid(), fact.at()));
                    change(place, Generation::asReturned);
                } else if (replacing != null && replacing.returned()) {
                    // Both run side by side, and did so all along.
                    place = join(replacing, fact.pid());
                }
            }
            change(place, process -> process.spoke(fact.at(), fact.proxy()));
        }

        /** A line of a worker that comes before its master's report that it serves. */
        private void beginIfStarting(ProcessFact fact) {
            for (Map.Entry<Long, Long> worker : Map.copyOf(starting).entrySet()) {
                if (worker.getValue() == fact.pid()) {
                    starting.remove(worker.getKey());
                    forked(fact.pid(), fact.at(), worker.getKey(), null);
                }
            }
        }

        /** A process that began after the last line of this one and serves the same; null if there is none. */
        private @Nullable Generation replacing(Generation own, Instant at) {
            for (int i = all.size() - 1; i >= 0 && own.last() != null; i--) {
                Generation other = all.get(i);
                boolean began = other != own
                        && !other.first().isBefore(own.last())
                        && Generation.isAfterOverlap(at, other.first());
                boolean serves = other.last() != null && other.sharesProxy(own.proxies())
                        || other.forked() != null
                                && own.master() != null
                                && own.master().equals(other.master());
                if (began && serves && other.pid() != own.pid()) {
                    return other;
                }
            }
            return null;
        }

        /** Joins a process with the one before it of the same pid; returns the place of {@code pid} then. */
        private int join(Generation returned, long pid) {
            int later = all.lastIndexOf(returned);
            for (int i = later - 1; i >= 0; i--) {
                if (all.get(i).pid() == returned.pid()) {
                    all.set(i, all.get(i).joined(returned));
                    all.remove(later);
                    break;
                }
            }
            return newestOf(pid);
        }

        private void started(ProcessFact fact) {
            int place = newestOf(fact.pid());
            if (place >= 0) {
                Generation own = all.get(place);
                Instant begin = own.started() == null ? own.first() : own.started();
                boolean another = Generation.isAfterOverlap(fact.at(), begin)
                        && (own.last() != null || own.started() != null || own.ended() != null);
                place = another ? -1 : place;
            }
            if (place < 0) {
                place = add(Generation.begun(fact.pid(), fact.at()));
            }
            change(place, process -> process.started() == null ? process.started(fact.at()) : process);
            change(place, process -> process.mentioned(fact.proxy()));
        }

        private void forked(long worker, Instant at, @Nullable Long master, @Nullable Integer number) {
            int place = newestOf(worker);
            if (place >= 0) {
                Generation own = all.get(place);
                boolean again = Generation.isWithinOverlap(at, own.forked()) && own.ended() == null;
                if (again) {
                    return;
                }
                boolean begins = own.ended() == null
                        && own.forked() == null
                        && (own.last() == null || Generation.isWithinOverlap(at, own.first()));
                place = begins ? place : -1;
            }
            if (place < 0) {
                place = add(Generation.begun(worker, at));
            }
            change(place, process -> process.forked(at, master, number));
            begun = true;
        }

        private void exited(ProcessFact fact) {
            int place = newestOf(fact.pid());
            if (place < 0) {
                place = add(Generation.begun(fact.pid(), fact.at()));
            }
            Generation own = all.get(place);
            if (own.ended() == null || own.supposed()) {
                change(place, process -> process.ended(fact.at(), fact.master(), false));
            }
        }

        /** If there is only one master, its workers are also those that no master reported. */
        private void ending(ProcessFact fact) {
            boolean onlyMaster =
                    all.stream().map(Generation::master).allMatch(master -> master == null || master == fact.pid());
            for (int i = 0; i < all.size(); i++) {
                Generation process = all.get(i);
                boolean its = process.master() == null ? onlyMaster : process.master() == fact.pid();
                if (its && process.ended() == null && process.pid() != fact.pid()) {
                    all.set(i, process.ended(fact.at(), null, true));
                }
            }
        }

        private void forgetOldest() {
            Instant oldest = all.get(all.size() - 1).first().minus(reach);
            int drop = Math.max(0, all.size() - AT_MOST);
            while (all.size() - drop > AT_LEAST && all.get(drop).end().isBefore(oldest)) {
                drop++;
            }
            all.subList(0, drop).clear();
        }

        Generations done(Generations before) {
            Generations next = new Generations(all, starting, newest);
            return next.equals(before) ? before : next;
        }
    }
}
