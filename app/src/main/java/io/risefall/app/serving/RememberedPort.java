package io.risefall.app.serving;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the page, where any free one is asked for: the same as last time, so that a page that is open and a bookmark go on
 * working after a restart. In the data directory; losing it costs only that.
 */
public final class RememberedPort {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedPort.class);

    private final Path file;

    public RememberedPort(DataDirectory data) {
        file = data.path().resolve("http-port");
    }

    /** The address that is asked for; if its port is any, the one of last time, where that is free. */
    public HostPort of(HostPort asked) {
        if (asked.port() != 0) {
            return asked;
        }
        try {
            HostPort before = new HostPort(
                    asked.host(), Integer.parseInt(Files.readString(file).strip()));
            return isFree(before) ? before : asked;
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("no port of last time: {}", e.toString());
            return asked;
        }
    }

    private static boolean isFree(HostPort address) {
        try {
            PortTrial.listen(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @param address where the page is now, {@code HOST:PORT} */
    public void keep(String address) {
        try {
            Files.writeString(file, HostPort.parse(address).port() + "\n");
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}; the next start may use another port", file, e.toString());
        }
    }
}
