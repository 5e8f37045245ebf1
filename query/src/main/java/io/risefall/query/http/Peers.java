package io.risefall.query.http;

import io.netty.channel.Channel;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is connected, and who makes room for one more: never one whose request is worked on, and first those of the address that has
 * most, so that a flood from one address costs that one only. By the server's one thread.
 */
final class Peers {
    private final HttpLimits limits;
    private final HttpCounts counts;
    private final Shares connections = new Shares();
    /** Those that wait for their client, to ask or to take its answer; in the order in which they began to. */
    private final Set<Channel> waiting = new LinkedHashSet<>();

    Peers(HttpLimits limits, HttpCounts counts) {
        this.limits = limits;
        this.counts = counts;
    }

    void enter(Channel newcomer) {
        connections.add(newcomer, 1);
        counts.connections(1);
        newcomer.closeFuture().addListener(closed -> leave(newcomer));
        if (!Shares.isOfThisHost(newcomer)
                && connections.of(newcomer) > HttpLimits.ofOneAddress(limits.connections())) {
            close(ofTheSame(newcomer), newcomer, Refusal.ADDRESS);
        } else if (connections.all() > limits.connections()) {
            close(waiting, newcomer, Refusal.CONNECTIONS);
        }
    }

    private List<Channel> ofTheSame(Channel newcomer) {
        return waiting.stream()
                .filter(one -> Shares.address(one).equals(Shares.address(newcomer)))
                .toList();
    }

    private void close(Collection<Channel> candidates, Channel otherwise, Refusal why) {
        counts.refused(why);
        connections.greediest(candidates).orElse(otherwise).close();
    }

    void waits(Channel connection) {
        waiting.remove(connection);
        if (connection.isOpen()) {
            waiting.add(connection);
        }
    }

    void waitsNoMore(Channel connection) {
        waiting.remove(connection);
    }

    private void leave(Channel connection) {
        connections.add(connection, -1);
        counts.connections(-1);
        waiting.remove(connection);
    }
}
