package io.risefall.app.truth.haproxy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What HAProxy checks: a service that answers one check after the other as a script says, {@code P} with 200 and {@code F}
 * with 503, and after its end with 200. So two HAProxies get the same answers, whenever they ask. Safe for use by several
 * threads.
 */
public final class PlayedService implements AutoCloseable {
    private final String script;
    private final HttpServer server;
    private final List<Instant> asked = new ArrayList<>();

    public PlayedService(String script) throws IOException {
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(next() ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
    }

    private synchronized boolean next() {
        asked.add(Instant.now());
        int check = asked.size() - 1;
        return check >= script.length() || script.charAt(check) == 'P';
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Whether all of the script was played, and some more. */
    public synchronized boolean isOver(int more) {
        return asked.size() >= script.length() + more;
    }

    /** Which check was the last one before a moment, from 0. */
    public synchronized int check(Instant moment) {
        int check = -1;
        while (check + 1 < asked.size() && !asked.get(check + 1).isAfter(moment)) {
            check++;
        }
        return check;
    }

    /** The longest time between two checks in a row, from one check to another. */
    public synchronized Duration longestGap(int from, int to) {
        Duration longest = Duration.ZERO;
        for (int check = Math.max(1, from + 1); check <= to && check < asked.size(); check++) {
            Duration gap = Duration.between(asked.get(check - 1), asked.get(check));
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
