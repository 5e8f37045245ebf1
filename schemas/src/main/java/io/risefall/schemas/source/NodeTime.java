package io.risefall.schemas.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of one node in one source have told of its time so far: what a reader that starts again must know to
 * give the next stamp the same moment.
 *
 * @param latest the latest moment that its stamps stood for; never that of a receipt
 * @param offsetSeconds what its stamps that say one were ahead of UTC; null while none did
 * @param offsetAt the latest of those stamps; null while there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeTime(
        Instant latest,
        @Nullable Integer offsetSeconds,
        @Nullable Instant offsetAt) {}
