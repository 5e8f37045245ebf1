package io.risefall.app.truth.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.risefall.schemas.Corpus;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
     * A form of a run that says no time. Lines that were not sent over UDP have the time of the next one that was: HAProxy
     * prints most of them while it starts, just before its first checks.
     */
    static byte[] of(Corpus.Scenario run, String form) {
        List<byte[]> lines = run.lines(form);
        List<Instant> times = times(run, lines);
        String output = form.equals("haproxy-stderr.log") ? " stderr F " : " stdout F ";
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (int i = 0; i < lines.size(); i++) {
            log.writeBytes((times.get(i) + output).getBytes(ISO_8859_1));
            log.writeBytes(lines.get(i));
            log.write('\n');
        }
        return log.toByteArray();
    }

    /** One pipe: each at or before the next. Two of HAProxy's threads can come in another order than over UDP. */
    private static List<Instant> times(Corpus.Scenario run, List<byte[]> lines) {
        Map<String, Deque<Instant>> arrivals = arrivals(run);
        List<Instant> known = lines.stream()
                .map(line -> arrivals.getOrDefault(withoutHeader(OUTPUT_HEADER, line), new ArrayDeque<>())
                        .poll())
                .toList();
        List<Instant> times = new ArrayList<>(known);
        List<Instant> all = run.arrivals(WITH_ARRIVALS);
        Instant next = all.get(all.size() - 1);
        for (int i = times.size() - 1; i >= 0; i--) {
            if (known.get(i) != null && known.get(i).isBefore(next)) {
                next = known.get(i);
            }
            times.set(i, next);
        }
        return times;
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
