package io.risefall.app.truth.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One form of one run as a node of its own, and how its lines come in.
 *
 * <ul>
 *   <li>Lines in a file are imported as they are: rotated files as they lie on a host, and the datagrams of {@code udp-…}
 *       and {@code unix-dgram} as lines.
 *   <li>Frames ({@code tcp-octet-count-…}) go over a connection to a listener of Risefall, byte for byte.
 *   <li>What HAProxy wrote on its output without a time comes with the time that a container engine puts before it; see
 *       {@link ContainerLog}. A bare file of it says nothing of when, and its lines are no events in an import. So the words and the order of these forms are HAProxy's, and the times are those of arrival.
 * </ul>
 */
public record LogForm(Corpus.Scenario run, JsonNode truth, String form) {
    /** HAProxy's tags in the corpus; a listener cannot learn them. */
    static final Set<String> TAGS = Set.of("haproxy", "edge.haproxy", "blue_lb");

    /** Sampling and the way of a line; forms without fractions can be a whole second early besides. */
    private static final double PRECISE = 0.3;

    private static final double WHOLE_SECONDS = 1.3;

    private static final Set<String> TIMELESS = Set.of("stdout-raw.log", "fd-short.log", "fd-priority.log");
    private static final Set<String> TRADITIONAL = Set.of(
            "udp-local.log",
            "udp-rfc3164.log",
            "unix-dgram.log",
            "tcp-lf-rfc3164.log",
            "rsyslog-traditional.log",
            "rsyslog-reduced.log");
    private static final String STDERR = "haproxy-stderr.log";
    private static final Pattern ROTATED = Pattern.compile(".*\\.log\\.\\d+");

    /** All forms of a run, in the order of their names; rotated files belong to the one that they were. */
    public static List<LogForm> of(Corpus.Scenario run) {
        JsonNode truth = run.truth();
        return run.forms().stream()
                .filter(form -> !ROTATED.matcher(form).matches())
                .map(form -> new LogForm(run, truth, form))
                .toList();
    }

    public String node() {
        return run.name() + "." + form;
    }

    public ZoneId zone() {
        return ZoneId.of(truth.get("tz").asText());
    }

    /** Whether it is a stream of frames, which only a listener can read. */
    public boolean isFrames() {
        return form.startsWith("tcp-octet-count");
    }

    /** HAProxy 2.0 has no fractions in RFC 5424, and a time of its own on stderr. */
    private boolean isOld() {
        return truth.get("haproxy_version").asText().startsWith("2.0");
    }

    private boolean isTimeless() {
        return TIMELESS.contains(form) || form.equals(STDERR) && !isOld();
    }

    /** Seconds by which a time may miss the sampled moment. */
    public double tolerance() {
        boolean wholeSeconds =
                TRADITIONAL.contains(form) || isOld() && (form.equals(STDERR) || form.equals("udp-rfc5424.log"));
        return wholeSeconds ? WHOLE_SECONDS : PRECISE;
    }

    /** Whether it has what {@code no log} keeps from all targets: HAProxy copies every health line to stderr. */
    public boolean tellsOfUnlogged() {
        return form.equals(STDERR);
    }

    /** Writes its files below {@code folder}, the oldest first, last changed when the run ended. */
    public List<FileSource> files(Path folder) throws IOException {
        Path host = Files.createDirectories(folder.resolve(run.name()));
        List<FileSource> files = new ArrayList<>();
        for (String name : run.forms().stream()
                .filter(one -> one.equals(form) || one.startsWith(form + "."))
                .sorted(Comparator.reverseOrder())
                .toList()) {
            byte[] log = isTimeless() ? ContainerLog.of(run, form) : run.log(name);
            Path file = Files.write(host.resolve(name), log);
            long ended = truth.get("ended").asLong();
            Files.setLastModifiedTime(file, FileTime.fromMillis(ended * 1000));
            files.add(new FileSource(file, new LineDefaults(node(), zone(), null, Set.of())));
        }
        return files;
    }
}
