package io.risefall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The topics as users and other programs know them. */
class TopicsTest {
    @Test
    void namesAndRetention() {
        assertThat(Arrays.stream(Topics.values())
                        .map(topic -> topic.topic() + " " + topic.cleanupPolicy() + " " + topic.retentionDays()))
                .containsExactly(
                        "haproxy.health.events.v1 delete 7",
                        "haproxy.health.rejected.v1 delete 30",
                        "haproxy.health.states.v1 compact 0",
                        "haproxy.health.rollups.v1 compact,delete 30",
                        "haproxy.health.flapping.v1 compact 0",
                        "haproxy.health.signs.v1 delete 30",
                        "haproxy.ingest.positions.v1 compact 0",
                        "haproxy.ingest.absences.v1 compact 0",
                        "haproxy.notes.v1 compact 0",
                        "haproxy.silences.v1 compact 0");
    }

    @Test
    void howTheyAreCreated() {
        NewTopic events = Topics.EVENTS.create(8, (short) 3);
        assertThat(events.numPartitions()).isEqualTo(8);
        assertThat(events.replicationFactor()).isEqualTo((short) 3);
        assertThat(events.configs())
                .isEqualTo(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "604800000",
                        "min.insync.replicas", "2",
                        "message.timestamp.type", "LogAppendTime"));
        assertThat(Topics.STATES.create(1, (short) 1).configs())
                .isEqualTo(Map.of(
                        "cleanup.policy", "compact",
                        "delete.retention.ms", "31622400000",
                        "message.timestamp.type", "LogAppendTime"));
        assertThat(Topics.createAll(1, (short) 1)).hasSize(10);
    }

    @Test
    void allOfANodeIsOnOnePartition() {
        assertThat(Topics.partition("lb1", 8))
                .isEqualTo(Topics.partition("lb1", 8))
                .isBetween(0, 7);
        assertThat(Topics.partition("lb1", 1)).isZero();
    }
}
