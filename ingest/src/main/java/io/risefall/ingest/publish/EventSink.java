package io.risefall.ingest.publish;

import io.risefall.ingest.failure.IngestException;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import java.util.Map;

/**
 * The sink of events, rejected lines and read positions, which become visible all at once or not at all. Used by one
 * thread. Every method can throw {@link SinkLostException}: everything since the last commit is lost, and the caller
 * opens again and rewinds to the positions it gets. Or {@link IngestException}: publishing cannot continue.
 */
public interface EventSink extends AutoCloseable {

    /** Connects, aborts what an earlier run left unfinished, and returns the committed positions by source name. */
    Map<String, ReadPosition> open();

    void event(HealthEvent event);

    void rejected(Rejected rejected);

    void position(ReadPosition position);

    void sign(ProcessActivity sign);

    void absence(Absence absence);

    /** Deletes the position of this source. */
    void forget(String source);

    /** Makes everything since the last commit visible. */
    void commit();

    /** Ends without a commit; everything since the last one is dropped. */
    @Override
    void close();
}
