package io.risefall.app.runtime;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.Failure;
import io.risefall.app.process.Logs;
import io.risefall.app.process.Parts;
import io.risefall.app.terminal.Terminal;
import io.risefall.app.terminal.WaitListener;
import io.risefall.query.http.ServiceBusyException;
import io.risefall.query.http.ServiceClient;
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
 * What an import works with: the Kafka and the warehouse of a service that runs on the data directory; or everything
 * started for it alone; or an external Kafka whose parts run elsewhere.
 */
public interface Pipeline extends AutoCloseable {
    /** A service that is just starting has the lock before it answers. */
    Duration PATIENCE = Duration.ofSeconds(20);

    KafkaAddress kafka();

    /** Waits until everything published so far has become rows, as far as can be seen from here; {@code listener} hears how far it is. */
    void awaitQueryable(WaitListener listener) throws InterruptedException;

    @Override
    void close();

    /** Finds out what there is, and starts what is missing. */
    static Pipeline open(
            CommonOptions common, ZoneId zone, @Nullable RolePatterns roles, Rules rules, Terminal terminal)
            throws Exception {
        DataDirectory data = new DataDirectory(common.data, "risefall");
        KafkaAddress external = common.kafka();
        if (external != null) {
            return beside(data, external, ServiceClient.find(data.path()), terminal);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Optional<ServiceClient> service = ServiceClient.find(data.path());
                if (service.isPresent()) {
                    KafkaAddress kafka =
                            EmbeddedKafka.address(data.path(), service.get().bootstrapServers());
                    return beside(data, kafka, service, terminal);
                }
                if (data.tryLock()) {
                    return alone(data, common, zone, roles, rules, terminal);
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

    private static Pipeline alone(
            DataDirectory data,
            CommonOptions common,
            ZoneId zone,
            @Nullable RolePatterns roles,
            Rules rules,
            Terminal terminal)
            throws Exception {
        Parts parts = new Parts();
        try {
            parts.add(data);
            data.keep();
            Logs.start(data.path(), terminal.err(), common.debug);
            parts.add(Logs::stop);
            AllInOne all = parts.add(new AllInOne(data, null, zone, roles, rules, null, null));
            all.start();
            return new Pipeline() {
                @Override
                public KafkaAddress kafka() {
                    return all.kafka();
                }

                @Override
                public void awaitQueryable(WaitListener listener) throws InterruptedException {
                    all.awaitQueryable(listener);
                }

                @Override
                public void close() {
                    parts.close();
                }
            };
        } catch (Exception e) {
            parts.close();
            throw e;
        }
    }

    private static Pipeline beside(
            DataDirectory data, KafkaAddress kafka, Optional<ServiceClient> service, Terminal terminal) {
        return new Pipeline() {
            @Override
            public KafkaAddress kafka() {
                return kafka;
            }

            @Override
            public void awaitQueryable(WaitListener listener) throws InterruptedException {
                if (service.isEmpty()) {
                    terminal.say("published to " + kafka + "; no risefall serve runs on this data directory, "
                            + "so it is not known when it can be queried");
                    return;
                }
                Queryable.await(kafka, () -> {}, next -> await(data, service.get(), next, listener), listener);
            }

            @Override
            public void close() {
                // Everything belongs to others.
            }
        };
    }

    /** @param service the one that was there; what answers may be started again meanwhile */
    private static void await(
            DataDirectory data, ServiceClient service, Map<TopicPartition, Long> next, WaitListener listener)
            throws InterruptedException {
        ServiceClient asked = service;
        for (int times = 1; true; times++) {
            try {
                if (asked.await(next, Duration.ofSeconds(5))) {
                    return;
                }
            } catch (IOException e) {
                asked = findAgain(data, e);
            }
            if (times % 6 == 2) {
                listener.tell("waiting for the service on this data directory to store the last rows; its log says"
                        + " why it does not. " + Queryable.LEAVE);
            }
        }
    }

    private static ServiceClient findAgain(DataDirectory data, IOException why) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Optional<ServiceClient> service = ServiceClient.find(data.path());
                if (service.isPresent()) {
                    return service.get();
                }
            } catch (ServiceBusyException e) {
                // It is there, and will answer.
            }
            Thread.sleep(100);
        }
        throw new Failure(
                "the service on this data directory stopped; what was imported is safe, and can be queried "
                        + "when it runs again: " + Failure.reason(why),
                why);
    }
}
