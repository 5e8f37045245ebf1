package io.risefall.ingest.network.ring;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.stats.StatsAddress;

/**
 * A ring of a HAProxy on this host, as {@code log ring@risefall local0} fills it, followed with {@code show events} over the stats
 * socket. HAProxy 2.2 and newer. Lines that name no host are of the node that HAProxy names in {@code show info}.
 *
 * <p>While Risefall is away, the ring keeps what fits into it, and it is read when Risefall is back. Lost can be: what did not fit; what a
 * process had not handed over when it was killed; and what a process of before a reload prints when Risefall has left it, which is after
 * it was quiet for some seconds, because a reader keeps it from ending.
 *
 * @param address the stats socket
 * @param ring the name of its section
 * @param lines how to read what comes
 */
public record HaproxyRing(StatsAddress address, String ring, LineDefaults lines) implements NetworkSource {
    /** The name of the ring that is followed where no other is given. */
    public static final String USUAL = "risefall";

    @Override
    public String name() {
        return "ring:" + address + (ring.equals(USUAL) ? "" : "#" + ring);
    }

    @Override
    public String protocol() {
        return "ring " + ring + " of HAProxy, over its stats socket";
    }

    @Override
    public Listener listener(JournalInput input, NetworkLimits limits) {
        return new RingFollower(address, ring, lines.node(), input, limits);
    }
}
