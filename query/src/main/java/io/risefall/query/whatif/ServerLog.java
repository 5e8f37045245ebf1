package io.risefall.query.whatif;

import java.time.Instant;
import java.util.List;

/**
 * What the log of one node has about one server.
 *
 * @param lines its check lines, in order of time
 * @param outages those to judge, in order of time
 * @param from what began before is not judged
 * @param until when the log ends
 */
record ServerLog(
        String node,
        String proxy,
        String server,
        List<LoggedCheck> lines,
        List<LoggedOutage> outages,
        List<Segments.Break> breaks,
        Instant from,
        Instant until) {}
