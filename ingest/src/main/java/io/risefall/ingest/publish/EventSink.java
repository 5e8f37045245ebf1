package io.risefall.ingest.publish;

import io.risefall.ingest.failure.IngestException;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.Sign;
import io.risefall.schemas.state.Absence;
import java.util.Map;

/**
 * Where lines go: takes events, rejected lines and read positions, and makes all of them visible at once or not at all.
 * Used by one thread. Every method can throw {@link SinkLostException}: then what came since the last commit is gone,
 * and the caller opens again and goes back to the positions it gets; or {@link IngestException}: then it is over.
 */
public interface EventSink extends AutoCloseable {

    /** Connects, throws away what an earlier run left half done, and returns the committed positions by source name. */
    Map<String, ReadPosition> open();

    void event(HealthEvent event);

    void rejected(Rejected rejected);

    void position(ReadPosition position);

    void sign(Sign sign);

    void absence(Absence absence);

    /** Takes back the position of this source. */
    void forget(String source);

    /** Makes everything since the last commit visible. */
    void commit();

    /** Ends without a commit; what came since the last one is gone. */
    @Override
    void close();
}
