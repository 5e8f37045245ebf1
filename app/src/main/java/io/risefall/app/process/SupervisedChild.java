package io.risefall.app.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child JVM that is started again when it ends without having been asked to: after a pause, which doubles as long as it does
 * not live for a minute. Thread-safe.
 */
public final class SupervisedChild {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedChild.class);

    /** Who lives for so long has not come to end again at once. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** Starts the child and returns when it works. */
    public interface Launch {
        /** @throws Failure when it does not work */
        void launch() throws IOException, InterruptedException;
    }

    /**
     * How patiently it is started again.
     *
     * @param first before the first time: who ends it on purpose, as a service manager ends all at once, says so meanwhile
     * @param longest between two times
     * @param attempts so often in a row it may fail
     */
    public record Patience(Duration first, Duration longest, int attempts) {
        Duration after(Duration pause) {
            Duration doubled = pause.multipliedBy(2);
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    private final String name;
    private final Patience patience;
    private final Launch again;
    private final BooleanSupplier hopeless;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private Duration pause;
    private @Nullable Process process;
    private @Nullable Thread restarting;
    private boolean closing;

    /**
     * @param name what it is, as in a sentence
     * @param again starts it again
     * @param hopeless whether what kept it from working stays
     */
    public SupervisedChild(String name, Patience patience, Launch again, BooleanSupplier hopeless) {
        this.name = name;
        this.patience = patience;
        this.again = again;
        this.hopeless = hopeless;
        pause = patience.first();
    }

    /** What is begun before {@link #close} is ended by it, and nothing is begun after it. */
    public synchronized Process begin(ProcessBuilder builder) throws IOException {
        if (closing) {
            throw new Failure(name + " is being stopped");
        }
        Process begun = builder.redirectErrorStream(true).start();
        process = begun;
        return begun;
    }

    /** The child of now; null before the first one. */
    public synchronized @Nullable Process process() {
        return process;
    }

    /** Whether it has been asked to end. */
    public synchronized boolean isClosing() {
        return closing;
    }

    /**
     * It ended unasked; it is started again in another thread.
     *
     * @param begun when it had begun, as {@link System#nanoTime}
     */
    public synchronized void restart(Failure why, long begun) {
        if (closing) {
            return;
        }
        pause = System.nanoTime() - begun > SETTLED.toNanos() ? patience.first() : pause;
        Thread thread = new Thread(() -> launchAgain(why), name + " starts again");
        thread.setDaemon(true);
        restarting = thread;
        thread.start();
    }

    private void launchAgain(Failure why) {
        try {
            for (int attempt = 1; ; attempt++) {
                Thread.sleep(pause.toMillis());
                pause = patience.after(pause);
                if (attempt == 1) {
                    LOG.warn("{}; starting it again, no line is lost", why.getMessage());
                }
                try {
                    again.launch();
                    return;
                } catch (IOException | Failure e) {
                    if (attempt == patience.attempts() || hopeless.getAsBoolean()) {
                        failed.completeExceptionally(e);
                        return;
                    }
                    LOG.warn(
                            "{} cannot start again: {}; trying again in {} ms",
                            name,
                            Failure.reason(e),
                            pause.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("closed while {} was starting again", name);
        }
    }

    /** It ended, and is not started again. */
    public void giveUp(Failure why) {
        failed.completeExceptionally(why);
    }

    /** Completes exceptionally when it has ended unasked and cannot be started again. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    /** Asks it to end by closing its standard input; returns when it has ended, by force after {@code deadline}. */
    public void close(Duration deadline) {
        Process ending;
        synchronized (this) {
            closing = true;
            ending = process;
            if (restarting != null) {
                restarting.interrupt();
            }
        }
        if (ending == null) {
            return;
        }
        try {
            ending.getOutputStream().close();
        } catch (IOException e) {
            ending.destroy();
        }
        try {
            if (!ending.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                ending.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            ending.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
