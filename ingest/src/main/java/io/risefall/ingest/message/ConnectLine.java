package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.schemas.message.ConnectProblem;

/**
 * Reads {@code Connect() failed for backend P: DETAIL.} and {@code Cannot bind to source address before connect() for
 * backend P.}, on stderr with {@code  Aborting.} behind it. Source: {@code proto_tcp.c}, {@code proto_uxst.c}.
 */
final class ConnectLine {
    private static final String[] BINDS = {
        "Cannot bind to source address before connect()", "Cannot bind to tproxy source address before connect()",
    };

    private static final String CONNECT = "Connect() failed";
    private static final String ABORTING = "Aborting";

    /** The details that {@code tcp_connect_server()} and {@code uxst_connect_server()} know. */
    private static final String[] DETAILS = {
        "no free ports",
        "local address already in use",
        "can't connect to destination unix socket, check backlog size on the server",
    };

    private ConnectLine() {}

    static Result read(MessageCursor cursor) {
        if (cursor.skip(CONNECT)) {
            return cursor.skip(" for backend ") ? connect(cursor) : NotHealth.INSTANCE;
        }
        for (String bind : BINDS) {
            if (cursor.skip(bind)) {
                return cursor.skip(" for backend ") ? bind(cursor, bind) : NotHealth.INSTANCE;
            }
        }
        return NotHealth.INSTANCE;
    }

    private static Result connect(MessageCursor cursor) {
        String word = cursor.word();
        int last = word.length() - 1;
        if (word.endsWith(":") && MessageCursor.isName(word, 0, last) && cursor.skip(" ")) {
            for (String detail : DETAILS) {
                if (cursor.rest().equals(detail + ".")) {
                    return new Parsed(new ConnectProblem(word.substring(0, last), CONNECT, detail));
                }
            }
        }
        return HealthLineParser.stuck(cursor);
    }

    private static Result bind(MessageCursor cursor, String what) {
        String word = cursor.word();
        int last = word.length() - 1;
        boolean aborting = cursor.rest().equals(" " + ABORTING + ".");
        boolean whole = word.endsWith(".") && MessageCursor.isName(word, 0, last) && (cursor.ended() || aborting);
        return whole
                ? new Parsed(new ConnectProblem(word.substring(0, last), what, aborting ? ABORTING : null))
                : HealthLineParser.stuck(cursor);
    }
}
