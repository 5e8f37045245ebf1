package io.risefall.query.reconcile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process of HAProxy counts.
 *
 * @param version as {@code 2.6.12-1+deb12u4}; null: not known
 * @param pid the process; null: not known
 * @param begunAt when the process began, and its counters with it; null: not known
 * @param takenAt when it was asked
 */
public record HaproxyCounters(
        @Nullable String version,
        @Nullable Long pid,
        @Nullable Instant begunAt,
        Instant takenAt,
        List<CountedServer> servers) {
    public HaproxyCounters {
        servers = List.copyOf(servers);
    }

    /**
     * Reads the answer to {@code show stat}.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static HaproxyCounters of(
            @Nullable String version, @Nullable Long pid, @Nullable Instant begunAt, Instant takenAt, String csv) {
        return new HaproxyCounters(version, pid, begunAt, takenAt, StatCsv.servers(csv));
    }

    /** The same, of a process that began then: its lines can show it better than the age that it tells. */
    HaproxyCounters begun(Instant at) {
        return new HaproxyCounters(version, pid, at, takenAt, servers);
    }
}
