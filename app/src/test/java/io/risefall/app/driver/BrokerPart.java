package io.risefall.app.driver;

import io.risefall.app.kafka.BrokerCredential;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.kafka.WantedTopics;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The embedded broker as a part that others use and that comes back at its address. */
public final class BrokerPart implements StoppablePart {
    private final Path folder;
    private final int port;
    private @Nullable EmbeddedKafka kafka;

    /** @param port not one that the system gives to outgoing connections: one of those could be there when it comes back */
    public BrokerPart(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        Path file = EmbeddedKafka.portFile(folder);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Integer.toString(port));
        // Others can know how to get in before there is a broker.
        BrokerCredential.create(file.getParent());
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public KafkaAddress address() {
        return EmbeddedKafka.address(folder, bootstrapServers());
    }

    /** By which others are let in; also before it was started. */
    public Path clientSettings() {
        return BrokerCredential.clientSettings(folder.resolve("kafka"));
    }

    /** All topics, with so many partitions. */
    public void createTopics(int partitions) throws InterruptedException {
        createTopics(address(), partitions);
    }

    /** The same at any broker of a test. */
    public static void createTopics(KafkaAddress kafka, int partitions) throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka)) {
            topics.create(WantedTopics.unlessThere(partitions));
        }
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public void start() throws Exception {
        EmbeddedKafka next = new EmbeddedKafka(folder);
        kafka = next;
        next.start();
        if (!next.bootstrapServers().equals(bootstrapServers())) {
            throw new IllegalStateException("port " + port + " was taken while the broker was away");
        }
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(kafka)
                .flatMap(running -> ProcessHandle.of(running.pid()))
                .filter(ProcessHandle::isAlive);
    }

    @Override
    public void kill() throws Exception {
        process().ifPresent(ProcessHandle::destroyForcibly);
        stop();
    }

    @Override
    public int stop() {
        if (kafka != null) {
            kafka.close();
        }
        return 0;
    }

    @Override
    public String output() {
        try {
            Path log = folder.resolve("logs").resolve("kafka.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> ownEnds() {
        return List.of();
    }
}
