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
 * A child JVM that is restarted when it exits unexpectedly: after a delay, which doubles until a child lives for a minute.
 * Thread-safe.
 */
public final class SupervisedChild {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedChild.class);

    /** A child that lives this long resets the restart delay. */
    private static final Duration STABLE = Duration.ofMinutes(1);

    /** Starts the child and returns once it is ready. */
    public interface Launch {
        /** @throws CommandException if it does not become ready */
        void launch() throws IOException, InterruptedException;
    }

    /**
     * When to restart.
     *
     * @param initialDelay before the first restart: a service manager that stops all processes stops this one meanwhile
     * @param maxDelay between two attempts
     * @param maxAttempts failed attempts in a row before it gives up
     */
    public record RestartPolicy(Duration initialDelay, Duration maxDelay, int maxAttempts) {
        Duration next(Duration delay) {
            Duration doubled = delay.multipliedBy(2);
            return doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay;
        }
    }

    private final String name;
    private final RestartPolicy policy;
    private final Launch launch;
    private final BooleanSupplier isPermanent;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private Duration delay;
    private @Nullable Process process;
    private @Nullable Thread restarting;
    private boolean closing;

    /**
     * @param name as used in messages
     * @param launch restarts it
     * @param isPermanent whether a restart cannot help
     */
    public SupervisedChild(String name, RestartPolicy policy, Launch launch, BooleanSupplier isPermanent) {
        this.name = name;
        this.policy = policy;
        this.launch = launch;
        this.isPermanent = isPermanent;
        delay = policy.initialDelay();
    }

    /** Starts a process, which {@link #close} ends; after {@link #close} it fails. */
    public synchronized Process start(ProcessBuilder builder) throws IOException {
        if (closing) {
            throw new CommandException(name + " is stopping");
        }
        Process started = builder.redirectErrorStream(true).start();
        process = started;
        return started;
    }

    /** The current child; null before the first one. */
    public synchronized @Nullable Process process() {
        return process;
    }

    /** Whether {@link #close} was called. */
    public synchronized boolean isClosing() {
        return closing;
    }

    /**
     * Restarts the child after an unexpected exit, in another thread.
     *
     * @param startedAt when it was started, as {@link System#nanoTime}
     */
    public synchronized void restart(CommandException why, long startedAt) {
        if (closing) {
            return;
        }
        delay = System.nanoTime() - startedAt > STABLE.toNanos() ? policy.initialDelay() : delay;
        Thread thread = new Thread(() -> relaunch(why), name + " restart");
        thread.setDaemon(true);
        restarting = thread;
        thread.start();
    }

    private void relaunch(CommandException why) {
        try {
            for (int attempt = 1; ; attempt++) {
                Thread.sleep(delay.toMillis());
                if (isEnding()) {
                    return;
                }
                delay = policy.next(delay);
                if (attempt == 1) {
                    LOG.warn("{}; restarting it, no line is lost", why.getMessage());
                }
                try {
                    launch.launch();
                    return;
                } catch (IOException | CommandException e) {
                    if (attempt == policy.maxAttempts() || isPermanent.getAsBoolean()) {
                        failed.completeExceptionally(e);
                        return;
                    }
                    LOG.warn(
                            "cannot restart {}: {}; retrying in {} ms",
                            name,
                            CommandException.reason(e),
                            delay.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("closed while {} was restarting", name);
        }
    }

    /** Whether this process ends: Ctrl-C and service managers signal the children too, and the parts are closed one by one. */
    private static boolean isEnding() {
        Thread never = new Thread(() -> {}, "never-run");
        try {
            Runtime.getRuntime().addShutdownHook(never);
            Runtime.getRuntime().removeShutdownHook(never);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** It exited and is not restarted. */
    public void giveUp(CommandException why) {
        failed.completeExceptionally(why);
    }

    /** Completes exceptionally when it has exited unexpectedly and cannot be restarted. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    /** Closes its standard input and waits for its exit; kills it after {@code deadline}. */
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
