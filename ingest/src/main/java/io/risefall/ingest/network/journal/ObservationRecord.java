package io.risefall.ingest.network.journal;

import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.ObservedServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * A note in a journal, between the messages: what HAProxy told of a server when it was asked. It is read in order and published in the
 * same transaction as the position after it, so exactly once.
 *
 * @param at when the answer was there: what HAProxy logs later is not in it
 * @param node the host of HAProxy
 * @param pid the process that told it
 */
public record ObservationRecord(Instant at, String node, long pid, ObservedServer observed) {
    /** The sender of such a note. */
    public static final String SENDER = JournalRecord.NOTE + "observed";

    private static final JsonSerde<ObservationRecord> JSON = JsonSerde.of(ObservationRecord.class);

    /** Parses a note; null if it is of another kind, or from a newer version. */
    public static @Nullable ObservationRecord of(String sender, String text) {
        if (!sender.equals(SENDER)) {
            return null;
        }
        try {
            return JSON.deserialize("", text.getBytes(StandardCharsets.UTF_8));
        } catch (SerializationException e) {
            return null;
        }
    }

    /** As it stands in the journal. */
    public byte[] bytes() {
        byte[] written = JSON.serialize("", this);
        return written == null ? new byte[0] : written;
    }
}
