package io.risefall.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.schemas.Topics;
import io.risefall.schemas.key.HealthKey;
import io.risefall.schemas.message.HealthMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One health line of HAProxy: who said what and when, and where it was read. The value of {@link Topics#EVENTS}.
 *
 * @param at event time, from the line; receive time where the line has none (formats {@code raw}, {@code short}); UTC,
 *     microseconds
 * @param precise whether {@code at} has fractions of a second; true for a receive time
 * @param receivedAt when it was received; for a file when it was read
 * @param node the HAProxy host
 * @param pid the HAProxy process; null where the header has none
 * @param tag the syslog tag ({@code log-tag}); null where the header has none
 * @param severity the syslog severity; null where the header has none
 * @param message what was said, typed
 * @param frame the rest of the line
 * @param origin where it was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder("schema")
public record HealthEvent(
        Instant at,
        boolean precise,
        Instant receivedAt,
        String node,
        @Nullable Long pid,
        @Nullable String tag,
        @Nullable Severity severity,
        HealthMessage message,
        LineFrame frame,
        Origin origin) {
    /** The version of the schema that is written. Records of version 1 have no such field, and the line in place of a frame. */
    public static final int SCHEMA = 2;

    /** Reads a record of any version. */
    @JsonCreator
    static HealthEvent read(
            @JsonProperty("at") Instant at,
            @JsonProperty("precise") boolean precise,
            @JsonProperty("receivedAt") Instant receivedAt,
            @JsonProperty("node") String node,
            @JsonProperty("pid") @Nullable Long pid,
            @JsonProperty("tag") @Nullable String tag,
            @JsonProperty("severity") @Nullable Severity severity,
            @JsonProperty("message") HealthMessage message,
            @JsonProperty("frame") @Nullable LineFrame frame,
            @JsonProperty("line") @Nullable String line,
            @JsonProperty("origin") Origin origin) {
        LineFrame around = frame == null ? LineFrame.of(line == null ? "" : line, message.text()) : frame;
        return new HealthEvent(at, precise, receivedAt, node, pid, tag, severity, message, around, origin);
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    int schema() {
        return SCHEMA;
    }

    /** What was said, byte for byte (ISO 8859-1 of the bytes), without the header. */
    public String text() {
        return message.text();
    }

    /** The whole line with its header, without the line end; bytes that are not UTF-8 are replaced. */
    public String line() {
        return frame.line(text());
    }

    /** The key under which it is published. */
    public HealthKey key() {
        return new HealthKey(node, message.proxy());
    }
}
