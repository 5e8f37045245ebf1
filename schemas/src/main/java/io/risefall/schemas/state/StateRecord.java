package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.risefall.schemas.Topics;

/**
 * What became of servers and backends over time. The value of {@link Topics#STATES}: opened, then closed or corrected
 * by a later record of the same key; a tombstone takes it back.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StateInterval.class, name = "state"),
    @JsonSubTypes.Type(value = Outage.class, name = "outage"),
    @JsonSubTypes.Type(value = BackendOutage.class, name = "backend-outage"),
    @JsonSubTypes.Type(value = Corrections.class, name = "corrections"),
    @JsonSubTypes.Type(value = Loss.class, name = "loss"),
    @JsonSubTypes.Type(value = Doubt.class, name = "doubt")
})
public sealed interface StateRecord permits StateInterval, Outage, BackendOutage, Corrections, Loss, Doubt {
    String node();

    /**
     * The key: {@code node/proxy/server/type/start in epoch microseconds}; unique per record. What has no start ends with 0,
     * a loss with its end.
     */
    String key();
}
