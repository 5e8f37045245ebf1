package io.risefall.app.process;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.risefall.query.http.service.ServiceBusyException;
import io.risefall.query.http.service.ServiceClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that a service of {@code Type=notify} has started, goes on working ({@code WatchdogSec=}) and stops. Does nothing
 * where no service manager waits for it. By the program {@code systemd-notify}, which is wherever systemd is: Java has no unix
 * datagram sockets. The unit needs {@code NotifyAccess=all}. {@link #started} and {@link #close} once each.
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG = "WATCHDOG_USEC";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final BooleanSupplier works;
    private @Nullable ScheduledExecutorService watchdog;

    /**
     * @param environment of this process, in which a service manager says where to tell it
     * @param works whether the service does what it is for; may take some seconds
     */
    public ServiceManager(Map<String, String> environment, BooleanSupplier works) {
        this.environment = environment;
        this.works = works;
    }

    /** Of this process, which answers questions for a data directory: it works for as long as it does. */
    public static ServiceManager ofService(Path dataDir) {
        return new ServiceManager(System.getenv(), () -> answers(dataDir));
    }

    private static boolean answers(Path dataDir) {
        try {
            return ServiceClient.find(dataDir).isPresent();
        } catch (ServiceBusyException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true; // it is being closed
        }
    }

    /** The service has started. From now on, the watchdog is told for as long as it works. */
    public void started() {
        if (!environment.containsKey(SOCKET)) {
            return;
        }
        tell("READY=1");
        long micros = Long.parseLong(environment.getOrDefault(WATCHDOG, "0"));
        if (micros > 0) {
            watchdog = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("service-watchdog", true));
            // systemd asks for half of its limit; a third leaves room for one that is late.
            watchdog.scheduleWithFixedDelay(this::look, 0, Math.max(1, micros / 3), TimeUnit.MICROSECONDS);
        }
    }

    private void look() {
        if (works.getAsBoolean()) {
            tell("WATCHDOG=1");
        } else {
            LOG.warn("the service does not answer: the watchdog of systemd is not told that it works");
        }
    }

    private void tell(String state) {
        ProcessBuilder notify = new ProcessBuilder("systemd-notify", state).redirectErrorStream(true);
        notify.environment().put(SOCKET, environment.get(SOCKET));
        try {
            Process process = notify.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                LOG.warn(
                        "systemd was not told {}: systemd-notify did not end within {} s", state, PATIENCE.toSeconds());
            } else if (process.exitValue() != 0) {
                LOG.warn("systemd was not told {}: systemd-notify ended with {}", state, process.exitValue());
            }
        } catch (IOException e) {
            LOG.warn("systemd was not told {}: cannot run systemd-notify: {}", state, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (watchdog != null) {
            watchdog.shutdownNow();
        }
        if (environment.containsKey(SOCKET)) {
            tell("STOPPING=1");
        }
    }
}
