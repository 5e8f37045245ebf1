package io.risefall.schemas.cluster;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** What Kafka answers an admin client, which is not waited for without end. Has no state. */
public final class AdminAnswers {
    private AdminAnswers() {}

    /**
     * The answer.
     *
     * @throws ExecutionException with what Kafka says
     * @throws TimeoutException when it says nothing within {@code limit}
     */
    public static <T> T get(KafkaFuture<T> answer, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
