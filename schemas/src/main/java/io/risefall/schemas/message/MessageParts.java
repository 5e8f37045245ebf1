package io.risefall.schemas.message;

import io.risefall.schemas.json.JsonBytes;
import io.risefall.schemas.json.JsonBytes.Literal;
import io.risefall.schemas.json.JsonCursor;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/** What stands in several kinds of records, as Jackson writes it, byte for byte: fields that are left out where they are null. */
public final class MessageParts {
    private static final Literal REASON = new Literal(",\"reason\":{\"status\":");
    private static final Literal CODE = new Literal(",\"code\":");
    private static final Literal INFO = new Literal(",\"info\":");
    private static final Literal DURATION = new Literal(",\"durationMillis\":");
    private static final Literal COUNTS = new Literal(",\"counts\":{\"active\":");
    private static final Literal BACKUP = new Literal(",\"backup\":");
    private static final Literal RUNNING_ON_BACKUP = new Literal(",\"runningOnBackup\":");
    private static final Literal SESSIONS_ACTIVE = new Literal(",\"sessionsActive\":");
    private static final Literal REQUEUED = new Literal(",\"requeued\":");
    private static final Literal QUEUED = new Literal(",\"queued\":");
    private static final Literal SLASH = new Literal("/");
    private static final Literal END = new Literal("}");

    private MessageParts() {}

    /** The field {@code reason}. */
    public static void write(JsonBytes json, @Nullable CheckReason reason) {
        if (reason != null) {
            json.literal(REASON).string(reason.status().name());
            json.number(CODE, reason.code())
                    .string(INFO, reason.info())
                    .number(DURATION, reason.durationMillis())
                    .literal(END);
        }
    }

    public static @Nullable CheckReason reason(JsonCursor json) {
        if (!json.skip(REASON)) {
            return null;
        }
        CheckStatus status = json.word(CheckStatus.class);
        CheckReason reason = new CheckReason(status, json.smallNumber(CODE), json.string(INFO), json.number(DURATION));
        json.expect(END);
        return reason;
    }

    /** The field {@code counts}. */
    public static void write(JsonBytes json, @Nullable ServerCounts counts) {
        if (counts != null) {
            json.literal(COUNTS).number(counts.active());
            json.literal(BACKUP).number(counts.backup());
            json.literal(RUNNING_ON_BACKUP).bool(counts.runningOnBackup());
            json.number(SESSIONS_ACTIVE, counts.sessionsActive())
                    .number(REQUEUED, counts.requeued())
                    .number(QUEUED, counts.queued())
                    .literal(END);
        }
    }

    public static @Nullable ServerCounts counts(JsonCursor json) {
        if (!json.skip(COUNTS)) {
            return null;
        }
        int active = json.smallNumber();
        json.expect(BACKUP);
        int backup = json.smallNumber();
        json.expect(RUNNING_ON_BACKUP);
        ServerCounts counts = new ServerCounts(
                active, backup, json.bool(), json.number(SESSIONS_ACTIVE), json.number(REQUEUED), json.number(QUEUED));
        json.expect(END);
        return counts;
    }

    public static void write(JsonBytes json, Literal field, @Nullable ServerName server) {
        if (server != null) {
            json.literal(field)
                    .quote()
                    .characters(server.proxy())
                    .literal(SLASH)
                    .characters(server.server())
                    .quote();
        }
    }

    public static @Nullable ServerName server(JsonCursor json, Literal field) {
        return json.skip(field) ? ServerName.parse(json.string()) : null;
    }
}
