package io.risefall.query.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.reading.Gap.Reason;
import io.risefall.query.reading.StoredReading.Origin;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.FoundCluster.FoundTopic;
import io.risefall.schemas.cluster.KafkaAddress;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where a warehouse reads on, and what it is told to have missed. */
class ReadingPlanTest {
    private static final KafkaAddress KAFKA = KafkaAddress.of("kafka1:9092");
    private static final String EVENTS = "haproxy.health.events.v1";
    private static final TopicPartition ZERO = new TopicPartition(EVENTS, 0);
    private static final TopicPartition ONE = new TopicPartition(EVENTS, 1);
    private static final FoundCluster FOUND = new FoundCluster("c1", Map.of(EVENTS, new FoundTopic("t1", 2)));
    private static final Map<String, Origin> KNOWN = Map.of(EVENTS, new Origin("c1", "t1"));

    @Test
    void aNewWarehouseBeginsWithWhatIsThere() {
        ReadingPlan plan = plan(Map.of(), Map.of(), Map.of(ZERO, 5L, ONE, 0L), Map.of(ZERO, 9L, ONE, 0L));

        assertThat(plan.from()).isEqualTo(Map.of(ZERO, 5L, ONE, 0L));
        assertThat(plan.problem(KAFKA)).isEmpty();
    }

    @Test
    void theSameGoesOn() {
        ReadingPlan plan = plan(KNOWN, Map.of(ZERO, 7L, ONE, 0L), Map.of(ZERO, 7L, ONE, 0L), Map.of(ZERO, 7L, ONE, 0L));

        assertThat(plan.from()).isEqualTo(Map.of(ZERO, 7L, ONE, 0L));
        assertThat(plan.gaps()).isEmpty();
    }

    @Test
    void oneOfAnOlderRisefallAdoptsTheKafka() {
        ReadingPlan plan = plan(Map.of(), Map.of(ZERO, 7L), Map.of(), Map.of(ZERO, 8L, ONE, 3L));

        assertThat(plan.from()).isEqualTo(Map.of(ZERO, 7L, ONE, 0L));
        assertThat(plan.gaps()).isEmpty();
        assertThat(plan.origins()).isEqualTo(KNOWN);
    }

    @Test
    void awayForLongerThanRetention() {
        ReadingPlan plan = plan(KNOWN, Map.of(ZERO, 0L, ONE, 4L), Map.of(ZERO, 9L, ONE, 4L), Map.of(ZERO, 9L, ONE, 4L));

        assertThat(plan.gaps()).containsExactly(new Gap(ZERO, Reason.EXPIRED, 0, 9L, 9));
        assertThat(plan.from()).isEqualTo(Map.of(ZERO, 9L, ONE, 4L));
        assertThat(plan.problem(KAFKA).orElseThrow())
                .contains("Kafka at kafka1:9092 deleted records that this warehouse has not read")
                .contains(EVENTS + ", partition 0, offsets from 0 to 8")
                .contains("--accept-gap");
    }

    @Test
    void aLogThatEndsEarlierIsReadAgain() {
        ReadingPlan plan = plan(KNOWN, Map.of(ZERO, 9L, ONE, 4L), Map.of(ZERO, 2L), Map.of(ZERO, 6L, ONE, 4L));

        assertThat(plan.gaps()).containsExactly(new Gap(ZERO, Reason.SET_BACK, 6, 9L, 2));
        assertThat(plan.from()).isEqualTo(Map.of(ZERO, 2L, ONE, 4L));
        assertThat(plan.problem(KAFKA).orElseThrow()).contains("partition 0, offsets from 6 to 8");
    }

    @Test
    void aTopicThatWasMadeAgainIsReadFromItsBeginning() {
        ReadingPlan plan = plan(
                Map.of(EVENTS, new Origin("c1", "t0")),
                Map.of(ZERO, 9L, ONE, 0L, new TopicPartition(EVENTS, 2), 5L),
                Map.of(),
                Map.of(ZERO, 100L, ONE, 100L));

        assertThat(plan.gaps())
                .containsExactly(
                        new Gap(ZERO, Reason.OTHER_TOPIC, 9, null, 0),
                        new Gap(new TopicPartition(EVENTS, 2), Reason.OTHER_TOPIC, 5, null, 0));
        assertThat(plan.from()).isEqualTo(Map.of(ZERO, 0L, ONE, 0L));
        assertThat(plan.problem(KAFKA).orElseThrow()).contains("deleted and created again", "offsets from 9 on");
    }

    @Test
    void anotherKafkaIsNamed() {
        ReadingPlan plan =
                plan(Map.of(EVENTS, new Origin("c0", "t1")), Map.of(ZERO, 9L), Map.of(), Map.of(ZERO, 20L, ONE, 20L));

        assertThat(plan.gaps()).containsExactly(new Gap(ZERO, Reason.OTHER_CLUSTER, 9, null, 0));
        assertThat(plan.problem(KAFKA).orElseThrow())
                .contains("(cluster c1)", "(cluster c0)", "give the --bootstrap-servers of the former Kafka");
    }

    @Test
    void anotherKafkaOfWhichNothingWasReadIsNoGap() {
        ReadingPlan plan = plan(Map.of(EVENTS, new Origin("c0", "t0")), Map.of(ZERO, 0L), Map.of(), Map.of());

        assertThat(plan.gaps()).isEmpty();
        assertThat(plan.origins()).isEqualTo(KNOWN);
    }

    private static ReadingPlan plan(
            Map<String, Origin> origins,
            Map<TopicPartition, Long> next,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends) {
        return ReadingPlan.of(FOUND, new StoredReading(origins, next), beginnings, ends);
    }
}
