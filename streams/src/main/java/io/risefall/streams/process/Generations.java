package io.risefall.streams.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.streams.process.ProcessFact.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a node after all facts up to now, which must come in {@link ProcessFact#ORDER}. A pid that speaks is the
 * process that it was, but for these: it had ended, or stopped to serve what it speaks of; its master started it anew; it says
 * that it begins to serve; or another process has taken over meanwhile, and what it says is what a process can begin with.
 *
 * @param all every process, in {@link StartOrder}
 * @param starting by master: the worker that it has started and that does not serve yet
 * @param masterAt when a master last spoke; null before the first time
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Generations(
        List<Generation> all,
        Map<Long, Long> starting,
        @Nullable Instant masterAt) {
    public static final Generations NONE = new Generations(List.of(), Map.of(), null);

    /** So many processes are known in any case: what servers hear of a process goes back to the one before. */
    private static final int AT_LEAST = 100;
    /** A node that reloads so often within the time that corrections reach back forgets the oldest of them. */
    private static final int AT_MOST = 2000;

    /** After so long a silence the same pid is another process, if another one came between. */
    private static final Duration REUSE = Duration.ofDays(1);

    public Generations {
        all = all == null ? List.of() : List.copyOf(all);
        starting = starting == null ? Map.of() : Map.copyOf(starting);
    }

    /** What a set of facts tells, in any order. */
    public static Generations of(Iterable<ProcessFact> facts, Duration reach) {
        List<ProcessFact> sorted = new ArrayList<>();
        facts.forEach(sorted::add);
        sorted.sort(ProcessFact.ORDER);
        Draft draft = new Draft(NONE, reach);
        sorted.forEach(draft::hear);
        return draft.done(NONE);
    }

    /** Whether {@link #after} gives for this fact, too, what all facts give in their order. */
    public boolean isNext(ProcessFact fact) {
        return !fact.at().isBefore(newest()) || changesNothingElse(fact);
    }

    private Instant newest() {
        Instant newest = masterAt == null ? Instant.MIN : masterAt;
        for (Generation process : all) {
            newest = process.times().reduce(newest, Generations::later);
        }
        return newest;
    }

    /** Whether {@link #refined} gives what all facts give: what others did in between could come before it now. */
    public boolean canRefine(ProcessFact was, ProcessFact is) {
        return was.opening() == is.opening()
                && all.stream()
                        .filter(process -> process.pid() != is.pid())
                        .flatMap(process -> process.times())
                        .noneMatch(time -> !time.isBefore(was.at()) && !time.isAfter(is.at()));
    }

    /** After the fraction of its second became known of a fact that has been heard. */
    public Generations refined(ProcessFact was, ProcessFact is) {
        List<Generation> finer = new ArrayList<>(all);
        finer.replaceAll(process ->
                process.pid() == is.pid() && process.first().equals(was.at()) ? process.since(is.at()) : process);
        StartOrder.sort(finer);
        return new Generations(finer, starting, masterAt);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** A sign of life of the newest process with that pid, or a word of it amid its others while no other process began. */
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

    /** After one more fact. @param reach processes that ended so long before the newest began are history */
    public Generations after(ProcessFact fact, Duration reach) {
        Draft draft = new Draft(this, reach);
        draft.hear(fact);
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
        private @Nullable Instant masterAt;
        private boolean begun;

        Draft(Generations before, Duration reach) {
            this.reach = reach;
            all = new ArrayList<>(before.all);
            starting = new TreeMap<>(before.starting);
            masterAt = before.masterAt;
        }

        void hear(ProcessFact fact) {
            apply(fact);
            refineBegin(fact);
            if (fact.master() != null) {
                masterAt = masterAt == null ? fact.at() : later(masterAt, fact.at());
            }
            if (begun) {
                begun = false;
                StartOrder.sort(all);
                forgetOldest();
            }
        }

        private void apply(ProcessFact fact) {
            switch (fact.kind()) {
                case WORD -> word(fact);
                case MENTION -> change(current(fact), process -> process.mentioned(fact.proxy()));
                case STOPPED -> change(current(fact), process -> process.stopped(fact.at(), fact.proxy()));
                case STARTED -> started(fact);
                case ALIVE -> change(current(fact), process -> process.alive(fact.until()));
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

        /** Where one source has whole seconds and another fractions, the fraction is when it began. */
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

        /** The process that a pid is, as long as it says nothing that another one must have said. */
        private int current(ProcessFact fact) {
            int place = newestOf(fact.pid());
            boolean over = place >= 0
                    && !all.get(place).supposed()
                    && Generation.isAfterOverlap(fact.at(), all.get(place).ended());
            return place < 0 || over ? add(Generation.begun(fact.pid(), fact.at())) : place;
        }

        private void word(ProcessFact fact) {
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
                    // Both go on side by side, and have all along.
                    place = join(replacing, fact.pid());
                }
            }
            change(place, process -> process.spoke(fact.at(), fact.proxy()));
        }

        /** A word that comes before its master's that it serves. */
        private void beginIfStarting(ProcessFact fact) {
            for (Map.Entry<Long, Long> worker : Map.copyOf(starting).entrySet()) {
                if (worker.getValue() == fact.pid()) {
                    starting.remove(worker.getKey());
                    forked(fact.pid(), fact.at(), worker.getKey(), null);
                }
            }
        }

        /** A process that began after the last word of this one and serves the same; null if there is none. */
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

        /** Joins a process with the one before it of the same pid; gives where {@code pid} is then. */
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

        /** Of the workers that no master has spoken of, those end as well where there is one master only. */
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
            Generations told = new Generations(all, starting, masterAt);
            return told.equals(before) ? before : told;
        }
    }
}
