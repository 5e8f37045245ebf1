package io.risefall.query.page;

import io.risefall.query.http.Request;
import io.risefall.query.reading.ReadingState;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A page that is being asked for. Lives for one answer, in one thread.
 *
 * @param views a connection that sees the warehouse's views; only read
 * @param zone of the times that are shown, and where days begin
 * @param now what is after it has not happened yet
 * @param reading how the service reads the topics
 * @param request the parameters, and what follows the path of the page
 */
public record Visit(Connection views, ZoneId zone, Instant now, ReadingState reading, Request request) {}
