package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Rejected;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerStatus;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code lua/risefall.lua} tells: {@code risefall {"event":"state","proxy":"web","server":"s1","status":"DOWN",…}}. It is the state
 * of the server at that moment, as {@code show stat} has it, and so what the stats socket would have told.
 */
public final class LuaLine {
    /** What such a message begins with; JSON goes on. */
    static final String BEGIN = "risefall {\"event\":";

    private static final String WRONG =
            "not as risefall.lua tells it: cut, as by len of the log target, or from another version of Risefall";

    private static final int LONGEST = 8_192;
    private static final Pattern STATUS = Pattern.compile("[A-Za-z0-9 ()/_.:-]{1,600}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:\\[\\]]{2,60}");

    private static final JsonSerde<Told> JSON = JsonSerde.of(Told.class);

    private LuaLine() {}

    /** The members of the JSON; each event has some of them. */
    record Told(
            @Nullable String event,
            @Nullable String proxy,
            @Nullable String server,
            @Nullable Boolean backup,
            @Nullable String status,
            @Nullable String address,
            @Nullable Boolean agent,
            @Nullable String check,
            @Nullable Integer code,
            @Nullable Long ms,
            @Nullable Integer health,
            @Nullable Integer of) {}

    /** Whether a message is one of the script's. */
    public static boolean isOne(String text) {
        return text.startsWith(BEGIN);
    }

    static Result read(String text) {
        if (!isOne(text)) {
            return NotHealth.INSTANCE;
        }
        // What stands behind the JSON was not told by the script; the JSON has no other brace.
        if (text.length() > LONGEST || text.indexOf('}') != text.length() - 1) {
            return new Rejected(WRONG);
        }
        try {
            Told told = JSON.deserialize("", text.substring(text.indexOf('{')).getBytes(StandardCharsets.ISO_8859_1));
            return told == null || told.event == null ? new Rejected(WRONG) : read(told, told.event);
        } catch (SerializationException e) {
            return new Rejected(WRONG);
        }
    }

    private static Result read(Told told, String event) {
        ServerName server = MessageCursor.serverName(told.proxy + "/" + told.server);
        // Only a server in maintenance can be removed.
        String status = event.equals("removed") ? "MAINT" : told.status;
        Health health = status == null ? Health.UNKNOWN : ServerStatus.state(status);
        if (server == null
                || told.proxy == null
                || told.server == null
                || status == null
                || !STATUS.matcher(status).matches()
                || health == Health.UNKNOWN) {
            return new Rejected(WRONG);
        }
        CheckStatus check = check(told.check);
        if (health == Health.UP && (status.equals(ServerStatus.NO_CHECK) || check == CheckStatus.INI)) {
            return NotHealth.INSTANCE; // nobody knows: HAProxy begins with UP
        }
        boolean isCheck = event.equals("check");
        boolean failed = health == Health.DOWN && check != null && check.result() == CheckStatus.Result.FAILED;
        return new Parsed(new ObservedServer(
                server,
                Boolean.TRUE.equals(told.backup),
                health,
                words(told, event, status),
                check != null && (isCheck || failed) ? new CheckReason(check, told.code, null, told.ms) : null,
                told.address == null || !ADDRESS.matcher(told.address).matches() ? null : told.address,
                null));
    }

    private static String words(Told told, String event, String status) {
        return switch (event) {
            case "added", "removed" -> status + " (" + event + ")";
            case "check" -> counted(told, status) + (Boolean.TRUE.equals(told.agent) ? " (agent check)" : " (check)");
            default -> status;
        };
    }

    /** Full health has no counter in {@code show stat}; check lines of the log have one always. */
    private static String counted(Told told, String status) {
        return status.indexOf(' ') >= 0 || told.health == null || told.of == null || told.health < 0
                ? status
                : status + " " + told.health + "/" + told.of;
    }

    private static @Nullable CheckStatus check(@Nullable String name) {
        for (CheckStatus status : CheckStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        return null;
    }
}
