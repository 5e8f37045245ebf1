package io.risefall.app.runtime;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.process.Lifecycle;
import io.risefall.app.process.Logs;
import io.risefall.app.terminal.ProgressListener;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.http.service.ServiceBusyException;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline that an import uses: that of a service running on the data directory, or one started for this import, or an
 * external Kafka whose parts run elsewhere.
 */
public interface Pipeline extends AutoCloseable {
    /** A starting service holds the lock before it answers. */
    Duration PATIENCE = Duration.ofSeconds(20);

    KafkaAddress kafka();

    /** Waits until everything published so far has become rows, as far as this process can see. */
    void awaitQueryable(ProgressListener listener) throws InterruptedException;

    @Override
    void close();

    /** Uses the running service, or starts what is missing. */
    static Pipeline open(
            CommonOptions common, ZoneId zone, @Nullable RolePatterns roles, Rules rules, Terminal terminal)
            throws Exception {
        DataDirectory data = new DataDirectory(common.data(), "risefall");
        KafkaAddress external = common.kafka();
        if (external != null) {
            return attached(data, external, ServiceClient.find(data.path()), terminal);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Optional<ServiceClient> service = ServiceClient.find(data.path());
                if (service.isPresent()) {
                    EmbeddedKafka.checkNotPaused(data.path());
                    KafkaAddress kafka =
                            EmbeddedKafka.address(data.path(), service.get().bootstrapServers());
                    return attached(data, kafka, service, terminal);
                }
                if (data.tryLock()) {
                    return standalone(data, common, zone, roles, rules, terminal);
                }
                if (System.nanoTime() > deadline) {
                    data.lock();
                }
            } catch (ServiceBusyException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            Thread.sleep(100);
        }
    }

    private static Pipeline standalone(
            DataDirectory data,
            CommonOptions common,
            ZoneId zone,
            @Nullable RolePatterns roles,
            Rules rules,
            Terminal terminal)
            throws Exception {
        Lifecycle lifecycle = new Lifecycle();
        try {
            lifecycle.add(data);
            Logs.start(data.path(), terminal.err(), common.debug(), common.verbose());
            lifecycle.add(Logs::stop);
            AllInOne all = lifecycle.add(new AllInOne(data, null, zone, roles, rules, null, AccessSettings.OPEN, null));
            all.start();
            return new Pipeline() {
                @Override
                public KafkaAddress kafka() {
                    return all.kafka();
                }

                @Override
                public void awaitQueryable(ProgressListener listener) throws InterruptedException {
                    all.awaitQueryable(listener);
                }

                @Override
                public void close() {
                    lifecycle.close();
                }
            };
        } catch (Exception e) {
            lifecycle.close();
            throw e;
        }
    }

    private static Pipeline attached(
            DataDirectory data, KafkaAddress kafka, Optional<ServiceClient> service, Terminal terminal) {
        return new Pipeline() {
            @Override
            public KafkaAddress kafka() {
                return kafka;
            }

            @Override
            public void awaitQueryable(ProgressListener listener) throws InterruptedException {
                if (service.isEmpty()) {
                    terminal.info("published to " + kafka + "; no risefall serve is running on this data directory, "
                            + "so it is unknown when the events can be queried");
                    return;
                }
                CatchUp.await(kafka, () -> {}, next -> await(data, service.get(), next, listener), listener);
            }

            @Override
            public void close() {
                // Everything belongs to other processes.
            }
        };
    }

    /** @param service the service found first; it may restart meanwhile */
    private static void await(
            DataDirectory data, ServiceClient service, Map<TopicPartition, Long> next, ProgressListener listener)
            throws InterruptedException {
        ServiceClient current = service;
        for (int attempt = 1; true; attempt++) {
            try {
                if (current.await(next, Duration.ofSeconds(5))) {
                    return;
                }
            } catch (IOException e) {
                current = reconnect(data, e);
            }
            if (attempt % 6 == 2) {
                listener.message(
                        "waiting for the service on this data directory to store the last rows; see its log if this"
                                + " takes long. " + CatchUp.CTRL_C);
            }
        }
    }

    private static ServiceClient reconnect(DataDirectory data, IOException why) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Optional<ServiceClient> service = ServiceClient.find(data.path());
                if (service.isPresent()) {
                    return service.get();
                }
            } catch (ServiceBusyException e) {
                // It is starting and will answer.
            }
            Thread.sleep(100);
        }
        throw new CommandException(
                "the service on this data directory stopped; the imported events are safe and can be queried "
                        + "when it runs again: " + CommandException.reason(why),
                why);
    }
}
