package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.ProxySnapshot;
import io.risefall.schemas.message.ProxySnapshot.What;
import io.risefall.schemas.message.ServerSnapshot;
import org.jspecify.annotations.Nullable;

/** Reads what a worker prints on SIGHUP, from behind that word. Source: {@code sig_dump_state()} in {@code proxy.c}. */
final class SnapshotLine {
    private static final String DUMPING = " received, dumping servers states for proxy ";

    private SnapshotLine() {}

    static Result read(MessageCursor cursor) {
        if (cursor.skip(DUMPING)) {
            String word = cursor.word();
            int last = word.length() - 1;
            return cursor.ended() && word.endsWith(".") && MessageCursor.isName(word, 0, last)
                    ? new Parsed(new ProxySnapshot(word.substring(0, last), What.DUMPING, null, null, null))
                    : HealthLineParser.stuck(cursor);
        }
        if (cursor.skip(": Server ")) {
            return server(cursor);
        }
        return cursor.skip(": Proxy ") ? proxy(cursor) : NotHealth.INSTANCE;
    }

    private static Result server(MessageCursor cursor) {
        ServerName server = cursor.server();
        boolean up = server != null && cursor.skip(" is UP");
        if (server == null || !up && !cursor.skip(" is DOWN")) {
            return HealthLineParser.stuck(cursor);
        }
        String rest = cursor.rest();
        Match match = cursor.literal(". Conn: ");
        match = match == Match.YES ? cursor.number(" act, ") : match;
        Long active = match == Match.YES ? cursor.lastNumber() : null;
        match = match == Match.YES ? cursor.number(" pend, ") : match;
        Long pending = match == Match.YES ? cursor.lastNumber() : null;
        match = match == Match.YES ? cursor.number(" tot.") : match;
        Long total = match == Match.YES ? cursor.lastNumber() : null;
        if (match == Match.NO || match == Match.YES && !cursor.ended()) {
            return HealthLineParser.stuck(cursor);
        }
        String tail = match == Match.CUT ? rest : null;
        return new Parsed(new ServerSnapshot(server, up, active, pending, total, tail));
    }

    private static Result proxy(MessageCursor cursor) {
        String proxy = cursor.name();
        if (proxy == null) {
            return HealthLineParser.stuck(cursor);
        }
        if (cursor.skip(" is running on backup servers ! ")) {
            return connections(cursor, proxy, What.RUNNING_ON_BACKUP, null, null);
        }
        if (cursor.skip(" has no server available ! ")) {
            return connections(cursor, proxy, What.NO_SERVER, null, null);
        }
        if (cursor.skip(" has no servers. ")) {
            return connections(cursor, proxy, What.WITHOUT_SERVERS, null, null);
        }
        if (!cursor.skip(" has ") || cursor.count(" active servers and ") != Match.YES) {
            return HealthLineParser.stuck(cursor);
        }
        int active = (int) cursor.lastNumber();
        if (cursor.count(" backup servers available. ") != Match.YES) {
            return HealthLineParser.stuck(cursor);
        }
        return connections(cursor, proxy, What.SERVERS_AVAILABLE, active, (int) cursor.lastNumber());
    }

    private static Result connections(
            MessageCursor cursor, String proxy, What what, @Nullable Integer active, @Nullable Integer backup) {
        String connections = cursor.rest();
        boolean whole = cursor.skip("Conn: act(FE+BE): ")
                && cursor.number("+") == Match.YES
                && cursor.number(", ") == Match.YES
                && cursor.number(" pend (") == Match.YES
                && cursor.number(" unass), tot(FE+BE): ") == Match.YES
                && cursor.number("+") == Match.YES
                && cursor.number(".") == Match.YES
                && cursor.ended();
        return whole
                ? new Parsed(new ProxySnapshot(proxy, what, active, backup, connections))
                : HealthLineParser.stuck(cursor);
    }
}
