package io.risefall.app.options;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.process.Failure;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.reading.Gap;
import io.risefall.query.warehouse.AcceptedGaps;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseException;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Option;

/** What to do about records that Kafka does not have any more. */
public final class GapOptions {
    @Option(
            names = "--accept-gap",
            description =
                    "for this start: go on although records that were not read are missing in Kafka; the view gaps and"
                            + " reports tell of it from then on")
    boolean acceptGap;

    /** Called before anything else opens the warehouse. */
    public void apply(KafkaAddress kafka, DataDirectory data, ZoneId zone, Terminal terminal)
            throws InterruptedException {
        if (!acceptGap) {
            return;
        }
        try (Warehouse warehouse = Warehouse.open(data.warehouse(), zone)) {
            List<Gap> gaps = AcceptedGaps.accept(warehouse, kafka);
            terminal.say(
                    gaps.isEmpty()
                            ? "--accept-gap: nothing is missing, leave it out next time"
                            : "--accept-gap: going on without what is missing in " + gaps.size()
                                    + (gaps.size() == 1 ? " partition" : " partitions")
                                    + "; the view gaps says which. Leave the option out next time");
        } catch (WarehouseException e) {
            throw new Failure(e.getMessage(), e);
        }
    }
}
