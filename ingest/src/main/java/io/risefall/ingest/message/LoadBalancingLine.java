package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.ingest.message.SwitchLineTail.Shape;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerNotice.What;

/**
 * Reads 1.4's {@code Load-balancing on [Backup ]Server P/S is disabled|enabled again …}. Source:
 * {@code set_server_disabled()} and {@code set_server_enabled()} in {@code checks.c} of 1.3 and 1.4.
 */
final class LoadBalancingLine {
    private LoadBalancingLine() {}

    static Result read(MessageCursor cursor) {
        if (!cursor.skip("Load-balancing on ")) {
            return NotHealth.INSTANCE;
        }
        boolean backup = cursor.skip("Backup ");
        ServerName server = cursor.skip("Server ") ? cursor.server() : null;
        boolean disabled = server != null && cursor.skip(" is disabled");
        boolean enabled = server != null && cursor.skip(" is enabled again");
        if (server == null || !disabled && !enabled) {
            return HealthLineParser.stuck(cursor);
        }
        String rest = cursor.rest();
        if (new SwitchLineTail(cursor).read(Shape.CAUSE_AND_COUNTS) == Match.NO) {
            return HealthLineParser.stuck(cursor);
        }
        What what = disabled ? What.LOAD_BALANCING_DISABLED : What.LOAD_BALANCING_ENABLED;
        return new Parsed(new ServerNotice(server, backup, what, null, rest.equals(".") ? null : rest));
    }
}
