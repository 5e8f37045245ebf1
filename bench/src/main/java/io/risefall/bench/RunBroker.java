package io.risefall.bench;

import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.kafka.WantedTopics;
import java.nio.file.Path;

/**
 * The embedded broker alone, with all topics: {@code RunBroker FOLDER PARTITIONS}. Prints its address once it is ready, and ends with its
 * standard input.
 */
public final class RunBroker {
    private RunBroker() {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(Path.of(arguments[0]))) {
            kafka.start();
            try (TopicsSetup topics = new TopicsSetup(kafka.address())) {
                topics.create(WantedTopics.unlessThere(Integer.parseInt(arguments[1])));
            }
            System.out.println(kafka.bootstrapServers() + " " + kafka.pid());
            while (System.in.read() >= 0) {
                // Until nobody writes there any more.
            }
        }
    }
}
