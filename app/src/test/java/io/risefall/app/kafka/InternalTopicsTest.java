package io.risefall.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.schemas.Topics;
import io.risefall.schemas.suite.RealParts;
import io.risefall.streams.HealthStreams;
import io.risefall.streams.InternalTopics;
import io.risefall.streams.model.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealParts
class InternalTopicsTest {
    private static final String OTHER = "other";
    private static final int PARTITIONS = 3;

    @TempDir
    Path data;

    @Test
    void areCreatedAsKafkaStreamsWouldCreateThem() throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(data)) {
            kafka.start();
            try (TopicsSetup topics = new TopicsSetup(kafka.address())) {
                topics.createAll(PARTITIONS);
            }
            StreamsSettings ours = StreamsSettings.of(kafka.address(), data.resolve("streams"));
            // Nobody has created topics for this one.
            StreamsSettings other = new StreamsSettings(
                    ours.kafka(),
                    ours.stateDir(),
                    OTHER,
                    ours.instanceId(),
                    ours.threads(),
                    ours.replication(),
                    ours.standbys(),
                    ours.rules());
            try (Admin admin = Admin.create(kafka.address().clientProperties());
                    HealthStreams streams = new HealthStreams(other)) {
                streams.start();
                Set<String> created = names(OTHER);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> admin.listTopics().names().get().containsAll(created));

                assertThat(partitions(admin, Topics.STREAMS_GROUP))
                        .hasSize(created.size())
                        .allSatisfy(
                                (topic, partitions) -> assertThat(partitions).isEqualTo(PARTITIONS))
                        .isEqualTo(partitions(admin, OTHER));
                assertThat(settings(admin, Topics.STREAMS_GROUP)).isEqualTo(settings(admin, OTHER));
                assertThat(admin.listTopics().names().get())
                        .as("no further ones")
                        .hasSize(Topics.values().length + 2 * created.size());
            }
        }
    }

    private static Set<String> names(String application) {
        return InternalTopics.of(application, PARTITIONS, (short) 1).stream()
                .map(NewTopic::name)
                .collect(Collectors.toSet());
    }

    /** By topic, without the application's prefix. */
    private static Map<String, Integer> partitions(Admin admin, String application) throws Exception {
        return admin.describeTopics(names(application)).allTopicNames().get().entrySet().stream()
                .collect(Collectors.toMap(
                        topic -> topic.getKey().substring(application.length()),
                        topic -> topic.getValue().partitions().size()));
    }

    /** What was set for each topic, without the application's prefix. */
    private static Map<String, Map<String, String>> settings(Admin admin, String application) throws Exception {
        List<ConfigResource> asked = names(application).stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return admin.describeConfigs(asked).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        topic -> topic.getKey().name().substring(application.length()),
                        topic -> topic.getValue().entries().stream()
                                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
    }
}
