package io.risefall.query.page.silence;

import io.risefall.schemas.note.AlertSilence;
import java.io.IOException;
import java.util.List;

/** Where silences are written, so that every warehouse has them. Any thread. */
public interface SilenceBook {
    /**
     * Returns when they are stored and, unless reading lags, can be read in the warehouse. One of an id that is there replaces it.
     *
     * @throws IOException with a sentence for whom wanted them: nothing is known to be stored
     */
    void write(List<AlertSilence> silences) throws IOException, InterruptedException;
}
