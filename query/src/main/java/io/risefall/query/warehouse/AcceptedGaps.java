package io.risefall.query.warehouse;

import io.risefall.query.reading.Gap;
import io.risefall.query.reading.ReadingPlan;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Has a warehouse go on without the records that it has missed, because a user has said so. */
public final class AcceptedGaps {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private AcceptedGaps() {}

    /**
     * From now on the warehouse reads what is there; nobody else writes it meanwhile.
     *
     * @return what is missing, as the view {@code gaps} keeps it; empty where nothing is
     * @throws WarehouseException when Kafka does not say what is there, or it cannot be written
     */
    public static List<Gap> accept(Warehouse warehouse, KafkaAddress kafka) throws InterruptedException {
        try (Admin admin = Admin.create(kafka.adminProperties(ANSWER))) {
            FoundCluster found = FoundCluster.ask(admin, kafka.names(), ANSWER);
            found.missing(kafka).or(() -> found.unequal(kafka)).ifPresent(problem -> {
                throw new WarehouseException(problem);
            });
            ReadingPlan plan = ReadingPlan.ask(admin, found, warehouse.reading(), ANSWER);
            warehouse.begin(plan);
            return plan.gaps();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new WarehouseException(
                    "cannot check for missing records: Kafka at " + kafka + " does not list its records: "
                            + KafkaTrouble.reason(e),
                    e);
        }
    }
}
