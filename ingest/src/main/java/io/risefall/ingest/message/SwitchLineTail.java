package io.risefall.ingest.message;

import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.ServerCounts;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands after the wording of a switch line: {@code [CAUSE][ (WHY)][ via P/S][. COUNTS].} Source:
 * {@code srv_append_status()} and {@code srv_append_more()} in {@code server.c}.
 */
final class SwitchLineTail {
    /** What may stand after a wording, besides {@code via}. */
    enum Shape {
        CAUSE_AND_COUNTS,
        WHY_AND_COUNTS,
        WHY,
        NOTHING
    }

    /** {@code srv_op_st_chg_cause_str[]}. */
    private static final String[] CHANGERS = {
        "CLI", "Lua script", "Web interface", "server-state after a reload",
    };

    private static final String NO_ADDRESS = "No IP for server ";

    /** {@code srv_adm_st_chg_cause_str[]}. */
    private static final String[] WHYS = {
        "DNS NX status",
        "DNS timeout status",
        "DNS refused status",
        "unspecified DNS error",
        NO_ADDRESS,
        "entry removed from SRV record",
        "'disable' on stats page",
        "'stop' on stats page",
    };

    private final MessageCursor cursor;
    private final ReasonText reasonText;
    private @Nullable String changedFrom;
    private @Nullable String why;
    private @Nullable ServerName via;
    private @Nullable ServerCounts counts;
    private int known;

    SwitchLineTail(MessageCursor cursor) {
        this.cursor = cursor;
        reasonText = new ReasonText(cursor);
        known = cursor.at();
    }

    /** YES: the sentence ends here, and so does the text. */
    Match read(Shape shape) {
        boolean counted = shape == Shape.CAUSE_AND_COUNTS || shape == Shape.WHY_AND_COUNTS;
        Match match = switch (shape) {
            case CAUSE_AND_COUNTS -> readCause();
            case WHY_AND_COUNTS, WHY -> readWhy();
            case NOTHING -> Match.YES;
        };
        match = match == Match.YES ? readVia(counted) : match;
        match = match == Match.YES && counted ? readCounts() : match;
        match = match == Match.YES ? cursor.literal(".") : match;
        return match == Match.YES && !cursor.ended() ? Match.NO : match;
    }

    @Nullable String changedFrom() {
        return changedFrom;
    }

    @Nullable CheckReason reason() {
        return reasonText.reason();
    }

    @Nullable String why() {
        return why;
    }

    @Nullable ServerName via() {
        return via;
    }

    @Nullable ServerCounts counts() {
        return counts;
    }

    /** What stands after the last part that is wholly there; null if nothing does. */
    @Nullable String tail() {
        cursor.back(known);
        return cursor.ended() ? null : cursor.rest();
    }

    private Match readCause() {
        Match match = cursor.literal(", ");
        if (match != Match.YES) {
            return absent(match);
        }
        match = cursor.literal("changed from ");
        if (match == Match.YES) {
            int start = cursor.at();
            match = cursor.anyOf(CHANGERS);
            if (match == Match.YES) {
                changedFrom = cursor.since(start);
                known = cursor.at();
            }
            return match;
        }
        if (match == Match.NO) {
            match = cursor.literal("reason: ");
        }
        if (match == Match.YES) {
            match = reasonText.read();
            known = Math.max(known, reasonText.known());
        }
        return match;
    }

    private Match readWhy() {
        Match match = cursor.literal(" (");
        if (match != Match.YES) {
            return absent(match);
        }
        int start = cursor.at();
        match = cursor.anyOf(WHYS);
        match = match == Match.YES ? cursor.literal(")") : match;
        if (match == Match.YES) {
            why = cursor.since(start, 1);
            known = cursor.at();
        }
        return match;
    }

    /** A name may end in full stops, as the sentence does: only what follows tells which is which. */
    private Match readVia(boolean counted) {
        Match match = cursor.literal(" via ");
        if (match != Match.YES) {
            return absent(match);
        }
        int start = cursor.at();
        String word = cursor.word();
        boolean stop = word.endsWith(".");
        boolean uncertain = cursor.ended() && (counted || !stop);
        if (uncertain) {
            return isBeginningOfServer(word) ? Match.CUT : Match.NO;
        }
        ServerName name = stop ? MessageCursor.serverName(word.substring(0, word.length() - 1)) : null;
        if (name == null) {
            cursor.back(start);
            return Match.NO;
        }
        via = name;
        cursor.back(cursor.at() - 1);
        known = cursor.at();
        return Match.YES;
    }

    private static boolean isBeginningOfServer(String word) {
        int slash = word.indexOf('/');
        String last = word.substring(slash + 1);
        boolean first = slash < 0 || MessageCursor.isName(word, 0, slash);
        boolean internal = last.startsWith("<");
        return first && (last.isEmpty() || internal || MessageCursor.isName(last, 0, last.length()));
    }

    private Match readCounts() {
        Match match = cursor.literal(". ");
        match = match == Match.YES ? cursor.count(" active and ") : match;
        if (match != Match.YES) {
            return match;
        }
        int active = (int) cursor.lastNumber();
        match = cursor.count(" backup servers");
        if (match != Match.YES) {
            return match;
        }
        int backup = (int) cursor.lastNumber();
        known = cursor.at();
        counts = new ServerCounts(active, backup, active == 0 && backup > 0, null, null, null);
        boolean left = cursor.skip(" left.");
        match = left ? Match.YES : cursor.anyOf(" left.", " online.");
        if (match != Match.YES) {
            return match;
        }
        match = cursor.literal(" Running on backup.");
        // " R" can be nothing else; a lone space can.
        if (match == Match.CUT) {
            return match;
        }
        boolean runningOnBackup = match == Match.YES;
        Long sessionsActive = null;
        match = cursor.literal(" ");
        if (match == Match.YES && left) {
            match = cursor.number(" sessions active, ");
            sessionsActive = match == Match.YES ? cursor.lastNumber() : null;
        }
        match = match == Match.YES ? cursor.number(left ? " requeued, " : " sessions requeued, ") : match;
        Long requeued = match == Match.YES ? cursor.lastNumber() : null;
        match = match == Match.YES ? cursor.number(left ? " remaining in queue" : " total in queue") : match;
        Long queued = match == Match.YES ? cursor.lastNumber() : null;
        counts = new ServerCounts(active, backup, runningOnBackup, sessionsActive, requeued, queued);
        if (queued != null) {
            known = cursor.at();
        }
        return match;
    }

    /** For a part that may be missing. */
    private static Match absent(Match match) {
        return match == Match.NO ? Match.YES : match;
    }
}
