package io.risefall.app.truth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.risefall.schemas.Corpus;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What HAProxy wrote on its output as a container engine keeps it (CRI): {@code TIME stdout F LINE}. The time is that
 * of the arrival of the same message over UDP, which HAProxy sent in the same moment.
 */
final class ContainerLog {
    private static final String WITH_ARRIVALS = "udp-rfc5424.log";
    private static final Pattern UDP_HEADER = Pattern.compile("^<\\d+>1 (\\S+ ){6}");
    private static final Pattern OUTPUT_HEADER = Pattern.compile("^(<\\d+>|\\[[A-Z]+] +\\(\\d+\\) : )");

    private ContainerLog() {}

    /**
     * A form of a run that says no time. Lines that were not sent over UDP, as those of HAProxy's start, have the time of
     * the line before.
     */
    static byte[] of(Corpus.Scenario run, String form) {
        Map<String, Deque<Instant>> arrivals = arrivals(run);
        Instant time = run.arrivals(WITH_ARRIVALS).get(0);
        String output = form.equals("haproxy-stderr.log") ? " stderr F " : " stdout F ";
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (byte[] line : run.lines(form)) {
            Deque<Instant> ofMessage = arrivals.get(withoutHeader(OUTPUT_HEADER, line));
            Instant arrival = ofMessage == null ? null : ofMessage.poll();
            if (arrival != null && arrival.isAfter(time)) {
                time = arrival; // one pipe: two of HAProxy's threads can come in another order than over UDP
            }
            log.writeBytes((time + output).getBytes(ISO_8859_1));
            log.writeBytes(line);
            log.write('\n');
        }
        return log.toByteArray();
    }

    private static Map<String, Deque<Instant>> arrivals(Corpus.Scenario run) {
        List<byte[]> lines = run.lines(WITH_ARRIVALS);
        List<Instant> times = run.arrivals(WITH_ARRIVALS);
        Map<String, Deque<Instant>> arrivals = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            arrivals.computeIfAbsent(withoutHeader(UDP_HEADER, lines.get(i)), any -> new ArrayDeque<>())
                    .add(times.get(i));
        }
        return arrivals;
    }

    private static String withoutHeader(Pattern header, byte[] line) {
        return header.matcher(new String(line, ISO_8859_1)).replaceFirst("");
    }
}
