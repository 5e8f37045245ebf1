package io.risefall.streams.backend;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.state.Loss;
import io.risefall.streams.model.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one process for one backend. Pure. The newest lines are kept, because later lines can still explain their
 * counts ({@link CountedLine#mayChangePlaces}); a loss can change until its lines are settled.
 *
 * @param pid the process
 * @param agents whether there was a line of an agent: agents can change counts without a line
 * @param servers the status of each server that the process reported
 * @param active the possible number of active servers before the first unsettled line; null before any counts
 * @param backup the same of backup servers
 * @param lostActive how many more (or less) active servers there are than lines account for
 * @param lostBackup the same of backup servers
 * @param agreedAt the last settled line whose counts agreed; null before any counts
 * @param lastLoss the last loss of settled lines; null if none
 * @param lines the newest lines, in their order
 * @param settled how many of them are settled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProcessCounts(
        long pid,
        boolean agents,
        Map<String, CountedStatus> servers,
        @Nullable CountRange active,
        @Nullable CountRange backup,
        int lostActive,
        int lostBackup,
        @Nullable Instant agreedAt,
        @Nullable Loss lastLoss,
        List<CountedLine> lines,
        int settled) {
    /** At most so many lines on either side can change places with one, however close: a thread prints one at a time. */
    private static final int RACING = 8;

    public ProcessCounts {
        servers = Map.copyOf(servers);
        lines = List.copyOf(lines);
    }

    static ProcessCounts begin(long pid) {
        return new ProcessCounts(pid, false, Map.of(), null, null, 0, 0, null, null, List.of(), 0);
    }

    /** After a switch line of a server. */
    ProcessCounts on(Line line, ServerSwitch change, String node) {
        return agents ? this : settled(line.at(), node, change.proxy()).apply(line, change, node);
    }

    /** After a line that has counts only. */
    ProcessCounts on(Line line, UsableServers left, String node) {
        CountedLine counted = new CountedLine(line.at(), line.precision(), false, 0, left);
        return agents ? this : settled(line.at(), node, line.message().proxy()).with(servers, 0, counted);
    }

    private ProcessCounts apply(Line line, ServerSwitch change, String node) {
        String name = change.server().server();
        CountedStatus before = servers.get(name);
        CountedStatus after = CountedStatus.after(before, change);
        if (after == null) {
            return incomparable(name);
        }
        boolean was = CountedStatus.wasUsable(before, change.transition());
        boolean supposed = before == null ? was : before.usable();
        int found = (was ? 1 : 0) - (supposed ? 1 : 0);
        if (before != null && found != 0 && found * lost(change.backup(), node, change.proxy()) <= 0) {
            // No known loss explains it.
            was = CountedStatus.canStillBeRight(before, after, change.transition()) ? supposed : was;
            found = 0;
        }
        ServerCounts counts = change.counts();
        return with(
                after == before ? servers : withStatus(name, after),
                found,
                new CountedLine(
                        line.at(),
                        line.precision(),
                        change.backup(),
                        (after.usable() ? 1 : 0) - (was ? 1 : 0),
                        counts == null ? null : new UsableServers(counts.active(), counts.backup())));
    }

    private Map<String, CountedStatus> withStatus(String server, CountedStatus status) {
        Map<String, CountedStatus> known = new HashMap<>(servers);
        known.put(server, status);
        return known;
    }

    /** How many more (or less) servers there are than lines account for so far. */
    private int lost(boolean ofBackups, String node, String proxy) {
        Comparison comparison = new Comparison(this, lines, node, proxy);
        comparison.run(settled, lines.size());
        return ofBackups ? lostBackup + comparison.moreBackup : lostActive + comparison.moreActive;
    }

    private ProcessCounts with(Map<String, CountedStatus> known, int found, CountedLine counted) {
        List<CountedLine> more = new ArrayList<>(lines);
        more.add(counted);
        return new ProcessCounts(
                pid,
                agents,
                known,
                active,
                backup,
                lostActive - (counted.ofBackups() ? 0 : found),
                lostBackup - (counted.ofBackups() ? found : 0),
                agreedAt,
                lastLoss,
                more,
                settled);
    }

    /**
     * After a line that may be another process's: the counts begin anew.
     *
     * @param server the server of the line; null if it was about none
     */
    ProcessCounts incomparable(@Nullable String server) {
        Map<String, CountedStatus> known = new TreeMap<>(servers);
        if (server != null) {
            known.remove(server);
        }
        return new ProcessCounts(pid, agents, known, null, null, 0, 0, null, null, List.of(), 0);
    }

    /** After a line of an agent: nothing can be compared any more. */
    ProcessCounts withAgents() {
        return new ProcessCounts(pid, true, Map.of(), null, null, 0, 0, null, null, List.of(), 0);
    }

    /** Settles the lines that no line from {@code now} on can change places with. */
    private ProcessCounts settled(Instant now, String node, String proxy) {
        int done = settled;
        while (done < lines.size()
                && (lines.size() - done > RACING || lines.get(done).settledBy(now))) {
            done++;
        }
        if (done == settled) {
            return this;
        }
        Comparison comparison = new Comparison(this, lines, node, proxy);
        comparison.run(settled, done);
        int drop = Math.max(0, done - RACING);
        return new ProcessCounts(
                pid,
                agents,
                servers,
                comparison.active,
                comparison.backup,
                lostActive + comparison.moreActive,
                lostBackup + comparison.moreBackup,
                comparison.agreedAt,
                comparison.losses.isEmpty() ? null : comparison.losses.get(comparison.losses.size() - 1),
                lines.subList(drop, lines.size()),
                done - drop);
    }

    /** The losses that later lines can still change, and the last one before. */
    List<Loss> losses(String node, String proxy) {
        Comparison comparison = new Comparison(this, lines, node, proxy);
        comparison.run(settled, lines.size());
        return comparison.losses;
    }

    /** The time from which on losses can still change. */
    @JsonIgnore
    Instant unsettledFrom() {
        return settled < lines.size() ? lines.get(settled).at() : Instant.MAX;
    }

    /** Compares the counts of lines. Lives for one call. */
    private static final class Comparison {
        private final List<CountedLine> all;
        private final long pid;
        private final String node;
        private final String proxy;
        private final List<Loss> losses = new ArrayList<>();
        private @Nullable CountRange active;
        private @Nullable CountRange backup;
        private int moreActive;
        private int moreBackup;
        private @Nullable Instant agreedAt;

        Comparison(ProcessCounts before, List<CountedLine> all, String node, String proxy) {
            this.all = all;
            this.node = node;
            this.proxy = proxy;
            pid = before.pid;
            active = before.active;
            backup = before.backup;
            agreedAt = before.agreedAt;
            if (before.lastLoss != null) {
                losses.add(before.lastLoss);
            }
        }

        void run(int from, int to) {
            for (int i = from; i < to; i++) {
                CountedLine line = all.get(i);
                if (active != null && backup != null) {
                    active = active.plus(line.ofBackups() ? 0 : line.change());
                    backup = backup.plus(line.ofBackups() ? line.change() : 0);
                }
                UsableServers left = line.left();
                if (left != null) {
                    compare(line.at(), left, possible(i, false, left.active()), possible(i, true, left.backup()));
                }
            }
        }

        /** The possible numbers after line {@code i} in the order of lines, if it has {@code seen} in the order of counting. */
        private CountRange possible(int i, boolean ofBackups, int seen) {
            int less = 0;
            int more = 0;
            CountedLine line = all.get(i);
            for (int j = Math.max(0, i - RACING); j < Math.min(all.size(), i + RACING + 1); j++) {
                CountedLine other = all.get(j);
                int change = other.ofBackups() == ofBackups ? other.change() : 0;
                if (change == 0) {
                    continue;
                }
                if (j < i && other.mayChangePlaces(line)) {
                    less -= Math.min(0, change);
                    more += Math.max(0, change);
                } else if (j > i && line.mayChangePlaces(other)) {
                    less += Math.max(0, change);
                    more -= Math.min(0, change);
                }
            }
            return new CountRange(seen - less, seen + more);
        }

        private void compare(Instant at, UsableServers left, CountRange possibleActive, CountRange possibleBackup) {
            if (active == null || backup == null) {
                active = possibleActive;
                backup = possibleBackup;
                agreedAt = at;
                return;
            }
            int gapActive = active.gapTo(possibleActive);
            int gapBackup = backup.gapTo(possibleBackup);
            if (gapActive != 0 || gapBackup != 0) {
                lost(
                        at,
                        left,
                        Math.abs(gapActive) + Math.abs(gapBackup),
                        active.nearest(left.active()),
                        backup.nearest(left.backup()));
                moreActive += gapActive;
                moreBackup += gapBackup;
            }
            boolean agreed = active.has(left.active()) && backup.has(left.backup());
            active = gapActive == 0 ? active.and(possibleActive) : possibleActive;
            backup = gapBackup == 0 ? backup.and(possibleBackup) : possibleBackup;
            if (agreed || gapActive != 0 || gapBackup != 0) {
                agreedAt = at; // after a loss, the counts begin anew with what was seen
            }
        }

        private void lost(Instant at, UsableServers left, int missing, int active, int backup) {
            Instant from = Objects.requireNonNull(agreedAt, "counts that never agreed cannot disagree");
            int before = 0;
            int expectedActive = active;
            int expectedBackup = backup;
            Loss last = losses.isEmpty() ? null : losses.get(losses.size() - 1);
            if (last != null && last.toAt().equals(at)) {
                losses.remove(losses.size() - 1); // one record for each moment
                from = last.fromAt();
                before = last.missing();
                expectedActive = last.expectedActive();
                expectedBackup = last.expectedBackup();
            }
            losses.add(new Loss(
                    node,
                    proxy,
                    pid,
                    from,
                    at,
                    before + missing,
                    expectedActive,
                    expectedBackup,
                    left.active(),
                    left.backup()));
        }
    }
}
