package io.risefall.app.options;

import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.health.PartHealth;
import io.risefall.query.health.PartState;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a part that answers nothing else says how it does. */
public final class HealthOption {
    @Option(
            names = "--health",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description =
                    "address that answers /healthz, /readyz and /metrics; without HOST on loopback (default: none)")
    private @Nullable HostPort health;

    /**
     * Begins to answer; null where no address was given.
     *
     * @param work what the part's thread does, as "reads and publishes lines"
     */
    public @Nullable PartHealth start(
            Supplier<PartState> part, String work, Path data, KafkaAddress kafka, Terminal terminal) {
        if (health == null) {
            return null;
        }
        PartHealth started = new PartHealth(part, work, data, kafka.servers());
        try {
            started.start(health.address());
        } catch (IOException e) {
            started.close();
            throw new CommandException(
                    "cannot listen on " + health + ": " + CommandException.reason(e)
                            + "; choose another with --health HOST:PORT",
                    e);
        }
        terminal.info("health at http://" + HostPort.of(started.address()) + "/readyz");
        return started;
    }
}
