package io.risefall.streams.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which process replaced which, and which ended without a successor. A process replaces another if the earlier one prints no
 * more lines about servers and both have lines about the same proxy, or if the same master started both. Two HAProxies that
 * run side by side on one host are not a reload. Pure.
 *
 * @param reloads every reload, in the order of time
 * @param ends every end of a process that no other had replaced, in the order of time
 */
public record Lifetimes(List<Reload> reloads, List<End> ends) {

    /** The end of a process. @param proxies the proxies of it and its predecessors */
    public record End(Instant at, long pid, Set<String> proxies) {}

    /** The reloads and ends that follow from the processes of a node. */
    public static Lifetimes of(List<Generation> processes) {
        List<Family> families = new ArrayList<>();
        List<Reload> reloads = new ArrayList<>();
        List<End> ends = new ArrayList<>();
        for (Generation process : processes) {
            if (!process.serves()) {
                continue;
            }
            Family family = Family.of(process, families);
            if (family == null) {
                families.add(new Family(process));
                continue;
            }
            Generation before = family.current;
            family.end(process.first(), processes, ends);
            family.goOn(process);
            reloads.add(new Reload(process.first(), process.pid(), before.pid(), Set.copyOf(family.proxies)));
        }
        families.forEach(family -> family.end(Instant.MAX, processes, ends));
        ends.sort(java.util.Comparator.comparing(End::at));
        return new Lifetimes(List.copyOf(reloads), List.copyOf(ends));
    }

    /** One HAProxy through its reloads. */
    private static final class Family {
        private final Set<String> proxies;
        private Generation current;
        private @Nullable Long master;
        private @Nullable Integer number;

        Family(Generation first) {
            proxies = new TreeSet<>(first.proxies());
            current = first;
            master = first.master();
            number = first.number();
        }

        /** The family that a process continues; null if it is another HAProxy. */
        static @Nullable Family of(Generation next, List<Family> families) {
            Long master = next.master();
            Family sameMaster =
                    master == null || next.forked() == null ? null : ofMaster(master, next.number(), families);
            if (sameMaster != null) {
                return sameMaster;
            }
            List<Family> done = families.stream()
                    .filter(family -> family.isDoneBefore(next))
                    .toList();
            for (Family family : done) {
                if (next.sharesProxy(family.proxies)) {
                    return family;
                }
            }
            return next.forked() != null && next.proxies().isEmpty() ? onlyOneLeft(next, done) : null;
        }

        private static @Nullable Family ofMaster(long master, @Nullable Integer number, List<Family> families) {
            for (Family family : families) {
                if (Objects.equals(master, family.master) && Objects.equals(number, family.number)) {
                    return family;
                }
            }
            return null;
        }

        /** For a worker without lines: the only HAProxy whose process ended, or else the only one without a master. */
        private static @Nullable Family onlyOneLeft(Generation next, List<Family> done) {
            List<Family> ended =
                    done.stream().filter(family -> family.endedBefore(next)).toList();
            if (ended.size() == 1) {
                return ended.get(0);
            }
            List<Family> unclaimed =
                    done.stream().filter(family -> family.master == null).toList();
            return unclaimed.size() == 1 ? unclaimed.get(0) : null;
        }

        private boolean isDoneBefore(Generation next) {
            return current.last() == null || !Generation.isAfterOverlap(current.last(), next.first());
        }

        private boolean endedBefore(Generation next) {
            return current.ended() != null && !Generation.isAfterOverlap(current.ended(), next.first());
        }

        void goOn(Generation next) {
            current = next;
            proxies.addAll(next.proxies());
            if (next.master() != null) {
                master = next.master();
                number = next.number();
            }
        }

        /** Notes that the current process ended before {@code next} began, unless another one served the same then. */
        void end(Instant next, List<Generation> processes, List<End> ends) {
            Instant ended = current.ended();
            if (ended == null || !ended.isBefore(next)) {
                return;
            }
            Set<String> left = new TreeSet<>(proxies);
            for (Generation other : processes) {
                boolean served = other != current
                        && other.last() != null
                        && !other.first().isAfter(ended)
                        && Generation.isAfterOverlap(other.last(), ended);
                if (served) {
                    left.removeAll(other.proxies());
                }
            }
            if (!left.isEmpty()) {
                ends.add(new End(ended, current.pid(), Set.copyOf(left)));
            }
        }
    }
}
