package io.risefall.streams.model;

import io.risefall.schemas.Topics;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record for an output topic: a later one with the same key replaces it.
 *
 * @param topic the topic
 * @param key the key
 * @param value the value; null deletes an earlier record
 */
public record OutputRecord(
        Topics topic, String key, @Nullable Object value) {
    public static OutputRecord of(StateRecord value) {
        return new OutputRecord(Topics.STATES, value.key(), value);
    }

    public static OutputRecord of(Flapping value) {
        return new OutputRecord(Topics.FLAPPING, value.key(), value);
    }

    public static OutputRecord of(Rollup value) {
        return new OutputRecord(Topics.ROLLUPS, value.key(), value);
    }
}
