package io.risefall.app.options;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.reading.Gap;
import io.risefall.query.warehouse.AcceptedGaps;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseException;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Option;

/** What to do about records that Kafka no longer has. */
public final class GapOptions {
    @Option(
            names = "--accept-gap",
            description =
                    "start although Kafka no longer has some unread records; the view gaps and the reports show the loss."
                            + " Applies to this start only")
    private boolean acceptGap;

    /** Whether there is anything to apply. */
    public boolean areAccepted() {
        return acceptGap;
    }

    /** Records the gaps where asked for. Called before anything else opens the warehouse. */
    public void apply(KafkaAddress kafka, DataDirectory data, ZoneId zone, Terminal terminal)
            throws InterruptedException {
        if (!acceptGap) {
            return;
        }
        try (Warehouse warehouse = Warehouse.open(data.warehouse(), zone)) {
            List<Gap> gaps = AcceptedGaps.accept(warehouse, kafka);
            terminal.info(
                    gaps.isEmpty()
                            ? "--accept-gap: no records are missing; leave the option out next time"
                            : "--accept-gap: continuing without the missing records of " + gaps.size()
                                    + (gaps.size() == 1 ? " partition" : " partitions")
                                    + "; see the view gaps. Leave the option out next time");
        } catch (WarehouseException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
