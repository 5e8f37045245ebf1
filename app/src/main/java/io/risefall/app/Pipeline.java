package io.risefall.app;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What an import works with: the Kafka of a running service, an external one, or everything started for it alone.
 *
 * @see #open
 */
final class Pipeline implements AutoCloseable {
    private final String bootstrapServers;
    private final Parts parts;
    private final @Nullable AllInOne own;

    private Pipeline(String bootstrapServers, Parts parts, @Nullable AllInOne own) {
        this.bootstrapServers = bootstrapServers;
        this.parts = parts;
        this.own = own;
    }

    /** Finds out what there is, and starts what is missing. */
    static Pipeline open(CommonOptions common, ZoneId zone, Terminal terminal) throws Exception {
        Parts parts = new Parts();
        try {
            DataDirectory data = parts.add(new DataDirectory(common.data, "risefall"));
            data.lock();
            Logs.start(data.path(), terminal.err(), common.debug);
            parts.add(Logs::stop);
            AllInOne own = parts.add(new AllInOne(data, common.bootstrapServers, zone, null, null));
            own.start();
            return new Pipeline(own.bootstrapServers(), parts, own);
        } catch (Exception e) {
            parts.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Waits until everything published so far has become rows. */
    void awaitQueryable() throws InterruptedException {
        if (own != null) {
            own.awaitQueryable();
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
