package io.risefall.schemas.cluster;

import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * What an exception of Kafka's clients means for whoever wants to go on. Waiting costs a service nothing, and ending costs
 * it what comes meanwhile: so only what no waiting can mend ends it.
 */
public enum KafkaTrouble {
    /** Not there, not found, too slow, or busy with itself: passes by itself. */
    AWAY,
    /** The credentials are wrong or may not do this: at a first contact a mistake of the configuration, later a change. */
    REFUSED,
    /** Another process took over, or it is a mistake in the program or in an address. */
    FINAL;

    /** How Kafka's clients, who look a name up when they are made, say that none of the names is known. */
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    /** Reads the whole chain of causes. */
    public static KafkaTrouble of(Throwable e) {
        KafkaTrouble found = FINAL;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
                return REFUSED;
            }
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return FINAL;
            }
            if (isPassing(cause)) {
                found = AWAY;
            }
        }
        return found;
    }

    private static boolean isPassing(Throwable e) {
        return e instanceof RetriableException
                || e instanceof DisconnectException
                || e instanceof TimeoutException
                || e instanceof UnknownHostException
                || (e instanceof ConfigException
                        && String.valueOf(e.getMessage()).contains(UNRESOLVED));
    }

    /** Why, in one line: the innermost message. */
    public static String reason(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = String.valueOf(innermost.getMessage());
        if (message.contains(UNRESOLVED)) {
            return "its name cannot be resolved";
        }
        return message.isBlank() || innermost.getMessage() == null
                ? innermost.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElseThrow();
    }
}
