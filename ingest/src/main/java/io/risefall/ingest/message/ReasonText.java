package io.risefall.ingest.message;

import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code TEXT[, code: N][, info: "INFO"][, check duration: Dms]}, what stands after {@code , reason: }. INFO is
 * untrusted, but never holds a raw quote: the first quote ends it. Source: {@code check_reason_string()} and its
 * predecessors in {@code check.c}.
 */
final class ReasonText {
    private static final String[] STATUS_TEXTS = new String[CheckStatus.values().length];

    static {
        for (CheckStatus status : CheckStatus.values()) {
            STATUS_TEXTS[status.ordinal()] = status.text();
        }
    }

    private final MessageCursor cursor;
    private @Nullable CheckStatus status;
    private @Nullable Integer code;
    private @Nullable String info;
    private @Nullable Long durationMillis;
    private int known;

    ReasonText(MessageCursor cursor) {
        this.cursor = cursor;
    }

    /** YES: the cursor stands where no part of a reason begins. */
    Match read() {
        Match match = status();
        if (match != Match.YES) {
            return match;
        }
        known = cursor.at();
        match = part("code: ", this::code);
        match = match == Match.YES ? part("info: \"", this::info) : match;
        return match == Match.YES ? part("check duration: ", this::duration) : match;
    }

    /** The end of the last part that is wholly there. */
    int known() {
        return known;
    }

    /** What was wholly there; null if not even the status was. */
    @Nullable CheckReason reason() {
        return status == null ? null : new CheckReason(status, code, info, durationMillis);
    }

    private Match status() {
        int start = cursor.at();
        char c = cursor.next();
        while (c != '\0' && c != ',' && c != '.') {
            cursor.back(cursor.at() + 1);
            c = cursor.next();
        }
        status = CheckStatus.ofText(cursor.since(start));
        if (status != null) {
            return Match.YES;
        }
        cursor.back(start);
        return cursor.anyOf(STATUS_TEXTS);
    }

    private Match part(String name, Part value) {
        int start = cursor.at();
        Match match = cursor.literal(", ");
        match = match == Match.YES ? cursor.literal(name) : match;
        if (match == Match.NO) {
            cursor.back(start);
            return Match.YES;
        }
        match = match == Match.YES ? value.read() : match;
        if (match == Match.YES) {
            known = cursor.at();
        }
        return match;
    }

    private Match code() {
        Match match = cursor.count("");
        if (match == Match.YES) {
            code = (int) cursor.lastNumber();
        }
        return match;
    }

    private Match info() {
        int start = cursor.at();
        if (!cursor.skipPast('"')) {
            return Match.CUT;
        }
        info = cursor.since(start, 1);
        return Match.YES;
    }

    private Match duration() {
        Match match = cursor.number("ms");
        if (match == Match.YES) {
            durationMillis = cursor.lastNumber();
        }
        return match;
    }

    /** Reads one part's value. */
    private interface Part {
        Match read();
    }
}
