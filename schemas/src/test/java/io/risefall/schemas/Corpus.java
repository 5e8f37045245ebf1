package io.risefall.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Runs of real HAProxy with their logs and with what really happened; {@code corpus/README.md} tells of each file. Lies
 * in the test resources of {@code schemas} and is found from every module. Large files are compressed, which does not
 * show here.
 */
public final class Corpus {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path FOLDER = find("schemas/src/test/resources/corpus");

    private Corpus() {}

    /** All runs, as {@code basic-2.6}, in the order of their names. */
    public static List<Scenario> scenarios() {
        return list(FOLDER).stream()
                .filter(Files::isDirectory)
                .map(folder -> new Scenario(folder.getFileName().toString(), folder))
                .toList();
    }

    public static Scenario scenario(String name) {
        return new Scenario(name, FOLDER.resolve(name));
    }

    /** Every distinct message of all runs of a version, with names and milliseconds replaced and the counts cut off. */
    public static List<String> messages(String version) {
        return new String(read(FOLDER.resolveSibling("messages").resolve(version + ".txt")), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** One run. */
    public record Scenario(String name, Path folder) {

        /** The logs of this run, as {@code udp-rfc5424.log}, rotated ones as {@code rsyslog-iso.log.1}. */
        public List<String> forms() {
            Set<String> forms = new TreeSet<>();
            for (Path file : list(folder.resolve("logs"))) {
                String form = file.getFileName().toString().replaceFirst("\\.gz$", "");
                if (!form.endsWith(".arrival")) {
                    forms.add(form);
                }
            }
            return List.copyOf(forms);
        }

        public boolean has(String form) {
            return forms().contains(form);
        }

        /** A log, byte for byte. */
        public byte[] log(String form) {
            return read(folder.resolve("logs").resolve(form));
        }

        /** HAProxy's configuration at the begin. */
        public String configuration() {
            return new String(read(folder.resolve("haproxy.cfg")), StandardCharsets.UTF_8);
        }

        /** The lines of a log, without line ends; the frames of {@code tcp-octet-count-…}, which has none. */
        public List<byte[]> lines(String form) {
            byte[] log = log(form);
            return form.startsWith("tcp-octet-count") ? frames(log) : split(log);
        }

        /** When each datagram of {@code udp-…} arrived, one for each line. */
        public List<Instant> arrivals(String form) {
            String text = new String(log(form + ".arrival"), StandardCharsets.US_ASCII);
            return text.lines().map(Scenario::instant).toList();
        }

        /** {@code truth.json}. */
        public JsonNode truth() {
            try {
                return MAPPER.readTree(read(folder.resolve("truth.json")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return name;
        }

        private static Instant instant(String epochSeconds) {
            int point = epochSeconds.indexOf('.');
            long second = Long.parseLong(epochSeconds.substring(0, point));
            return Instant.ofEpochSecond(second, Long.parseLong(epochSeconds.substring(point + 1)) * 1000);
        }

        private static List<byte[]> split(byte[] log) {
            List<byte[]> lines = new ArrayList<>();
            int from = 0;
            for (int at = 0; at < log.length; at++) {
                if (log[at] == '\n') {
                    lines.add(Arrays.copyOfRange(log, from, at));
                    from = at + 1;
                }
            }
            if (from < log.length) {
                lines.add(Arrays.copyOfRange(log, from, log.length));
            }
            return lines;
        }

        private static List<byte[]> frames(byte[] log) {
            List<byte[]> frames = new ArrayList<>();
            int at = 0;
            while (at < log.length) {
                int length = 0;
                for (; log[at] != ' '; at++) {
                    length = length * 10 + log[at] - '0';
                }
                frames.add(Arrays.copyOfRange(log, at + 1, at + 1 + length));
                at += 1 + length;
            }
            return frames;
        }
    }

    private static byte[] read(Path file) {
        Path compressed = file.resolveSibling(file.getFileName() + ".gz");
        try {
            if (Files.exists(file)) {
                return Files.readAllBytes(file);
            }
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(compressed)))) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in their module's folder, or in the repository's. */
    private static Path find(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(path))) {
                return folder.resolve(path);
            }
        }
        throw new IllegalStateException("no " + path + " above " + Path.of("").toAbsolutePath());
    }
}
