package io.risefall.query.question;

import io.risefall.query.reading.ReadingState;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What an answer may look at.
 *
 * @param views a connection that sees the warehouse's views; only read
 * @param zone where days begin unless the question says otherwise
 * @param now what is after it has not happened yet
 * @param reading how the service reads the topics; null: no service runs, the warehouse is as the last one left it
 */
public record QuestionContext(
        Connection views,
        ZoneId zone,
        Instant now,
        @Nullable ReadingState reading) {}
