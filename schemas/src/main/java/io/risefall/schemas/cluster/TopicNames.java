package io.risefall.schemas.cluster;

import io.risefall.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * What things of Risefall are called in one Kafka: topics, the consumer group and the transactions all begin with the prefix
 * that the user gives, so that two installations can share a Kafka. Inside Risefall, and in what it stores, topics have
 * their own names without a prefix.
 *
 * @param prefix empty: none
 */
public record TopicNames(String prefix) {
    /** Changelogs have longer names than topics; Kafka allows 249 characters. */
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

    /** No prefix. */
    public static final TopicNames PLAIN = new TopicNames("");

    /** @throws IllegalArgumentException if Kafka allows no such name */
    public TopicNames {
        if (!LEGAL.matcher(prefix).matches()) {
            throw new IllegalArgumentException("'" + prefix
                    + "' is no prefix of topics: use up to 100 letters, digits, dots, underscores and hyphens");
        }
    }

    public String of(Topics topic) {
        return prefix + topic.topic();
    }

    /** The consumer group, and application id, of the streams part; its internal topics and transactions begin with it. */
    public String streamsGroup() {
        return prefix + Topics.STREAMS_GROUP;
    }

    /** The consumer group, and the transactional id, of those {@code serve} of which one leads. */
    public String serveGroup() {
        return prefix + Topics.SERVE_GROUP;
    }

    /** What the leading {@code serve} has decided and sent: one partition. */
    public TopicPartition serveChangelog() {
        return new TopicPartition(prefix + Topics.SERVE_CHANGELOG, 0);
    }

    /** @param own as it would be without a prefix */
    public TopicPartition there(TopicPartition own) {
        return prefix.isEmpty() ? own : new TopicPartition(prefix + own.topic(), own.partition());
    }

    /** @param there in Kafka; one of another prefix stays as it is */
    public TopicPartition own(TopicPartition there) {
        return prefix.isEmpty() || !there.topic().startsWith(prefix)
                ? there
                : new TopicPartition(there.topic().substring(prefix.length()), there.partition());
    }

    /** The same values, by {@link #own}. */
    public <T> Map<TopicPartition, T> own(Map<TopicPartition, T> there) {
        Map<TopicPartition, T> own = new HashMap<>();
        there.forEach((partition, value) -> own.put(own(partition), value));
        return own;
    }
}
