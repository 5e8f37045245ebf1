package io.risefall.streams.process;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts processes by start. With timestamps of whole seconds, several can begin at one moment; then pids give the order: each
 * is higher than the one before, until they wrap around. Pure.
 */
final class StartOrder {
    /**
     * Pids of one moment that lie further apart have wrapped around in between: half of the 32,768 that a small Linux counts
     * to, and more than any host starts in a second.
     */
    private static final long FAR_APART = 16_384;

    private static final Comparator<Generation> BY_PID =
            Comparator.comparing(Generation::first).thenComparing(Generation::pid);

    private StartOrder() {}

    static void sort(List<Generation> processes) {
        processes.sort(BY_PID);
        int from = 0;
        for (int to = 1; to <= processes.size(); to++) {
            if (to == processes.size()
                    || !processes.get(to).first().equals(processes.get(from).first())) {
                comeRound(processes.subList(from, to));
                from = to;
            }
        }
    }

    /** Puts those that began before the wrap first: those after the widest gap, if it is wide enough. */
    private static void comeRound(List<Generation> ofOneMoment) {
        int begin = 0;
        long widest = FAR_APART;
        for (int i = 1; i < ofOneMoment.size(); i++) {
            long gap = ofOneMoment.get(i).pid() - ofOneMoment.get(i - 1).pid();
            if (gap > widest) {
                widest = gap;
                begin = i;
            }
        }
        Collections.rotate(ofOneMoment, -begin);
    }
}
