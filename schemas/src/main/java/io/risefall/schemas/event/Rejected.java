package io.risefall.schemas.event;

import io.risefall.schemas.Topics;
import java.time.Instant;

/**
 * A line that begins like a health line of HAProxy and could not be read. The value of {@link Topics#REJECTED}.
 *
 * @param receivedAt when it was received; for a file when it was read
 * @param why what about it could not be read
 * @param bytes the line as it came, without the line end
 * @param origin where it was read
 */
public record Rejected(Instant receivedAt, String why, byte[] bytes, Origin origin) {

    /** The key: {@code source/position}. */
    public String key() {
        return origin.source() + "/" + origin.position();
    }
}
