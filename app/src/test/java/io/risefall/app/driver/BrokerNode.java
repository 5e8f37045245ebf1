package io.risefall.app.driver;

import io.risefall.app.process.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.Kafka;
import org.jspecify.annotations.Nullable;

/** One broker of a {@link BrokerCluster}: Kafka's own program in a JVM of its own. Called by one thread. */
public final class BrokerNode implements StoppablePart {
    private static final int STOP_SECONDS = 60;
    /** Warnings, and which rights an authorizer grants to whom. */
    private static final String LOGGING = """
            <configuration>
              <appender name="file" class="ch.qos.logback.core.FileAppender">
                <file>kafka.log</file>
                <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder">
                  <pattern>%date %-5level %logger{30} - %msg%n</pattern>
                </encoder>
              </appender>
              <logger name="kafka.authorizer.logger" level="DEBUG"/>
              <root level="WARN"><appender-ref ref="file"/></root>
            </configuration>
            """;

    private final int id;
    private final Path folder;
    private final Properties settings;
    private @Nullable Process process;

    BrokerNode(int id, Path folder, Properties settings) {
        this.id = id;
        this.folder = folder;
        this.settings = settings;
        // A test that is broken off leaves none behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process().ifPresent(ProcessHandle::destroyForcibly)));
    }

    @Override
    public String name() {
        return "broker-" + id;
    }

    @Override
    public void start() throws IOException {
        Path file = folder.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        Path logging = Files.writeString(folder.resolve("logback.xml"), LOGGING);
        process = new ProcessBuilder(ChildJvm.command(
                        folder,
                        List.of(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dlogback.configurationFile=" + logging),
                        Kafka.class,
                        List.of(file.toString())))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile()))
                .start();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
    }

    @Override
    public void kill() throws InterruptedException {
        end(true);
    }

    @Override
    public int stop() throws InterruptedException {
        return end(false);
    }

    private int end(boolean forcibly) throws InterruptedException {
        Process last = process;
        if (last == null) {
            return 0;
        }
        if (forcibly) {
            last.destroyForcibly();
        } else {
            last.destroy();
        }
        if (!last.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(name() + " did not end within " + STOP_SECONDS + " s: " + output());
        }
        return last.exitValue();
    }

    private File outputFile() {
        return folder.resolve("output").toFile();
    }

    @Override
    public String output() {
        try {
            StringBuilder text = new StringBuilder();
            for (String name : List.of("output", "kafka.log")) {
                Path file = folder.resolve(name);
                text.append(Files.exists(file) ? Files.readString(file) : "");
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> ownEnds() {
        return List.of();
    }
}
