package io.risefall.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.kafka.ClusterTopics.FoundSettings;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.TopicNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Topics that are wanted beside those that exist, and what is wrong with these. */
class TopicsPlanTest {
    private static final OptionalInt ANY = OptionalInt.empty();

    private static WantedTopics wanted(OptionalInt partitions, OptionalInt replication) {
        return new WantedTopics(partitions, replication, Optional.empty(), 4);
    }

    private static ClusterTopics cluster(int brokers, FoundSettings each) {
        return new ClusterTopics(
                brokers,
                TopicNames.PLAIN,
                Arrays.stream(Topics.values()).collect(Collectors.toMap(Topics::topic, topic -> each)));
    }

    private static ClusterTopics empty(int brokers) {
        return new ClusterTopics(brokers, TopicNames.PLAIN, Map.of());
    }

    @Test
    void aSmallClusterHasAsManyCopiesAsBrokersAndALargeOneThree() {
        assertThat(List.of(1, 2, 3, 5))
                .extracting(brokers ->
                        TopicsPlan.of(wanted(ANY, ANY), empty(brokers)).replication())
                .containsExactly(1, 2, 3, 3);
        TopicsPlan three = TopicsPlan.of(wanted(ANY, ANY), empty(3));
        assertThat(three.create()).hasSize(Topics.values().length).allSatisfy(topic -> {
            assertThat(topic.numPartitions()).isEqualTo(4);
            assertThat(topic.configs()).containsEntry("min.insync.replicas", "2");
        });
        assertThat(TopicsPlan.of(wanted(ANY, ANY), empty(2)).create())
                .allSatisfy(topic -> assertThat(topic.configs()).doesNotContainKey("min.insync.replicas"));
    }

    @Test
    void aTopicThatIsMissingBecomesLikeTheOthers() {
        Map<String, FoundSettings> topics =
                new HashMap<>(cluster(3, new FoundSettings(6, 2, Map.of())).topics());
        topics.remove(Topics.NOTES.topic());
        assertThat(TopicsPlan.of(wanted(ANY, ANY), new ClusterTopics(3, TopicNames.PLAIN, topics))
                        .create())
                .singleElement()
                .satisfies(topic -> {
                    assertThat(topic.name()).isEqualTo(Topics.NOTES.topic());
                    assertThat(topic.numPartitions()).isEqualTo(6);
                    assertThat(topic.replicationFactor()).isEqualTo((short) 2);
                });
    }

    @Test
    void whatDiffersFromWhatIsThereIsRefused() {
        Map<String, FoundSettings> topics =
                new HashMap<>(cluster(3, new FoundSettings(6, 1, Map.of())).topics());
        topics.remove(Topics.NOTES.topic());
        TopicsPlan plan = TopicsPlan.of(
                wanted(OptionalInt.of(12), OptionalInt.of(3)), new ClusterTopics(3, TopicNames.PLAIN, topics));
        assertThat(plan.create()).isEmpty();
        assertThat(plan.refusals())
                .hasSize(2 * (Topics.values().length - 1))
                .anySatisfy(refusal -> assertThat(refusal)
                        .startsWith(
                                "haproxy.health.events.v1 has 6 partitions, not 12: their number cannot be changed"))
                .anySatisfy(refusal -> assertThat(refusal)
                        .startsWith("haproxy.health.events.v1 has 1 replica, not 3: kafka-reassign-partitions.sh"));
    }

    @Test
    void aPrefixIsPartOfEachName() {
        ClusterTopics shared = new ClusterTopics(
                1,
                new TopicNames("team-a."),
                cluster(1, new FoundSettings(6, 1, Map.of())).topics());
        assertThat(TopicsPlan.of(wanted(ANY, ANY), shared).create())
                .hasSize(Topics.values().length)
                .allMatch(topic -> topic.name().startsWith("team-a.haproxy."));
        assertThat(shared.isChangelog("team-a.risefall-lines-changelog")).isTrue();
        assertThat(shared.isChangelog("risefall-lines-changelog")).isFalse();
    }

    @Test
    void moreCopiesThanBrokersAreRefused() {
        assertThat(TopicsPlan.of(wanted(ANY, OptionalInt.of(5)), empty(3)).refusals())
                .containsExactly("--replication 5 needs as many brokers, and there are 3");
    }

    @Test
    void theRetentionIsThatOfEvents() {
        WantedTopics fortnight = new WantedTopics(ANY, ANY, Optional.of(Duration.ofDays(14)), 4);
        assertThat(TopicsPlan.of(fortnight, empty(1)).create())
                .filteredOn(topic ->
                        topic.configs().getOrDefault("retention.ms", "").equals("1209600000"))
                .extracting(topic -> topic.name())
                .containsExactly(Topics.EVENTS.topic());
        FoundSettings week = new FoundSettings(4, 1, Map.of("retention.ms", "604800000"));
        assertThat(TopicsPlan.of(fortnight, cluster(1, week)).refusals())
                .singleElement()
                .asString()
                .startsWith("haproxy.health.events.v1 has the retention 7 d, not 14 d: kafka-configs.sh");
        WantedTopics day = new WantedTopics(ANY, ANY, Optional.of(Duration.ofDays(1)), 4);
        assertThat(TopicsPlan.of(day, empty(1)).refusals())
                .containsExactly("--retention 24 h is less than 7 d: events of that time can still be corrected");
    }

    private static Map<String, String> settings(Topics topic, int replication) {
        Map<String, String> settings =
                new HashMap<>(topic.create(4, (short) replication).configs());
        settings.put("max.message.bytes", "1048588");
        return settings;
    }

    @Test
    void topicsAsTheyAreCreatedAreInOrder() {
        for (Topics topic : Topics.values()) {
            assertThat(TopicAudit.of(topic, new FoundSettings(4, 3, settings(topic, 3)), 3))
                    .isEmpty();
            assertThat(TopicAudit.of(topic, new FoundSettings(4, 1, settings(topic, 1)), 1))
                    .isEmpty();
        }
    }

    @Test
    void eachSettingThatDiffersIsExplained() {
        Map<String, String> events = settings(Topics.EVENTS, 1);
        events.putAll(Map.of(
                "cleanup.policy",
                "compact",
                "retention.ms",
                "3600000",
                "max.message.bytes",
                "1000",
                "message.timestamp.type",
                "CreateTime"));
        assertThat(TopicAudit.of(Topics.EVENTS, new FoundSettings(4, 1, events), 3))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).startsWith("1 replica on 3 brokers, and should be 3: "),
                        one -> assertThat(one).startsWith("cleanup.policy is compact, and must be delete: "),
                        one -> assertThat(one).startsWith("retention.ms is 1 h, and must be at least 7 d: "),
                        one -> assertThat(one).startsWith("max.message.bytes is 1000, and must be at least 1048576: "),
                        one -> assertThat(one)
                                .startsWith("message.timestamp.type is CreateTime, and must be LogAppendTime"));
    }

    @Test
    void copiesThatStopWritingOrDoNotProtectAreExplained() {
        Map<String, String> states = settings(Topics.STATES, 3);
        states.put("min.insync.replicas", "3");
        assertThat(TopicAudit.of(Topics.STATES, new FoundSettings(4, 3, states), 3))
                .containsExactly("min.insync.replicas is 3 of 3: while one broker is away nothing can be written");
        states.put("min.insync.replicas", "1");
        assertThat(TopicAudit.of(Topics.STATES, new FoundSettings(4, 3, states), 3))
                .singleElement()
                .asString()
                .startsWith("min.insync.replicas is 1, and should be 2: ");
    }

    @Test
    void whatIsKeptForLongerIsInOrder() {
        Map<String, String> events = settings(Topics.EVENTS, 1);
        events.put("retention.ms", "-1");
        assertThat(TopicAudit.of(Topics.EVENTS, new FoundSettings(4, 1, events), 1))
                .isEmpty();
    }
}
