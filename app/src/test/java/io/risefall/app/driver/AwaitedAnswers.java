package io.risefall.app.driver;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** Waits until a query answers what is expected. Each question takes some of the core that the asked service works on, so they come half a second apart. */
public final class AwaitedAnswers {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration APART = Duration.ofMillis(500);

    private AwaitedAnswers() {}

    /** @param what that is waited for */
    public static ConditionFactory awaitAnswer(String what) {
        return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(APART);
    }
}
