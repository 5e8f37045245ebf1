package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckResult.Outcome;
import io.risefall.schemas.message.CheckResult.State;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Health|Agent check for [backup ]server P/S …}, from {@code [backup ]server} on. Source:
 * {@code set_server_check_status()} in {@code check.c}, {@code checks.c}.
 */
final class CheckLine {
    private final MessageCursor cursor;
    private final ReasonText reasonText;
    private @Nullable Integer health;
    private @Nullable Integer threshold;
    private @Nullable State state;
    private int known;

    private CheckLine(MessageCursor cursor) {
        this.cursor = cursor;
        reasonText = new ReasonText(cursor);
    }

    static Result read(MessageCursor cursor, boolean agent) {
        boolean backup = cursor.skip("backup ");
        ServerName server = cursor.skip("server ") ? cursor.server() : null;
        Outcome outcome = server == null ? null : outcome(cursor);
        if (server == null || outcome == null) {
            return HealthLineParser.stuck(cursor);
        }
        CheckLine line = new CheckLine(cursor);
        Match match = line.read();
        if (match == Match.NO) {
            return HealthLineParser.stuck(cursor);
        }
        boolean cut = match == Match.CUT;
        return new Parsed(new CheckResult(
                server,
                backup,
                agent,
                outcome,
                line.reasonText.reason(),
                line.health,
                line.threshold,
                line.state,
                cut,
                cut ? line.tail() : null));
    }

    private static @Nullable Outcome outcome(MessageCursor cursor) {
        if (cursor.skip(" failed")) {
            return Outcome.FAILED;
        }
        if (cursor.skip(" succeeded")) {
            return Outcome.SUCCEEDED;
        }
        return cursor.skip(" conditionally succeeded") ? Outcome.CONDITIONALLY_SUCCEEDED : null;
    }

    private Match read() {
        known = cursor.at();
        Match match = cursor.literal(", reason: ");
        match = match == Match.YES ? reasonText.read() : match;
        known = Math.max(known, reasonText.known());
        match = match == Match.YES ? status() : match;
        match = match == Match.YES ? cursor.literal(".") : match;
        return match == Match.YES && !cursor.ended() ? Match.NO : match;
    }

    private Match status() {
        Match match = cursor.literal(", status: ");
        match = match == Match.YES ? cursor.count("/") : match;
        if (match != Match.YES) {
            return match;
        }
        health = (int) cursor.lastNumber();
        match = cursor.count(" ");
        if (match != Match.YES) {
            return match;
        }
        threshold = (int) cursor.lastNumber();
        int start = cursor.at();
        match = cursor.anyOf("UP", "DOWN", "DRAIN");
        if (match == Match.YES) {
            state = State.valueOf(cursor.since(start));
            known = cursor.at();
        }
        return match;
    }

    private @Nullable String tail() {
        cursor.back(known);
        return cursor.ended() ? null : cursor.rest();
    }
}
