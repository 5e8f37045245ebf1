package io.risefall.app.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.risefall.schemas.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs of real HAProxies as logs of several nodes over some days, handed out in pieces: some nodes write files, one of
 * which is rotated, some send over RELP, one does both. The same pieces every time; a piece can end within a line.
 */
public final class CorpusFeed {
    private static final String RUN_DAY = "2026-11-23T";
    /** Long over: today's rows change with every moment. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 6, 1);

    private static final Map<String, String> FILES =
            new TreeMap<>(Map.of("edge-1", "reload-2.6", "edge-2", "maintenance-2.6", "edge-5", "basic-2.6"));
    private static final Map<String, String> SENDERS =
            new TreeMap<>(Map.of("edge-3", "tracked-2.6", "edge-4", "agent-2.6", "edge-5", "basic-2.6"));

    private static final String ROTATED = "edge-2";

    private final int pieces;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> messages = new ArrayList<>();

    public CorpusFeed(int days, int pieces) {
        this.pieces = pieces;
        FILES.forEach((node, run) -> files.put(node, file(node, run, days)));
        for (int day = 0; day < days; day++) {
            for (Map.Entry<String, String> sender : SENDERS.entrySet()) {
                messages.addAll(sent(sender.getKey(), sender.getValue(), day));
            }
        }
    }

    /** The log of a run as that of a host, on so many days. */
    public static byte[] file(String node, String run, int days) {
        StringBuilder text = new StringBuilder();
        for (int day = 0; day < days; day++) {
            for (byte[] line : Corpus.scenario(run).lines("rsyslog-iso.log")) {
                text.append(on(day, new String(line, ISO_8859_1).replace(" edge-lb-01 ", " " + node + " ")))
                        .append('\n');
            }
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    private static List<String> sent(String node, String run, int day) {
        return Corpus.scenario(run).lines("udp-rfc5424.log").stream()
                .map(line ->
                        on(day, new String(line, ISO_8859_1).replaceFirst(" - haproxy ", " " + node + " haproxy ")))
                .toList();
    }

    private static String on(int day, String line) {
        return line.replace(RUN_DAY, FIRST_DAY.plusDays(day) + "T");
    }

    /** Writes the piece's share of every file below {@code folder}, and sends its messages. */
    public void feed(int piece, Path folder, Consumer<String> relp) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey() + ".log");
            if (file.getKey().equals(ROTATED) && piece == pieces / 2) {
                Files.move(path, folder.resolve(path.getFileName() + ".1"));
            }
            byte[] bytes = file.getValue();
            byte[] share = Arrays.copyOfRange(bytes, cut(piece, bytes), cut(piece + 1, bytes));
            Files.write(path, share, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        messages.subList(cut(piece, messages.size()), cut(piece + 1, messages.size()))
                .forEach(relp);
    }

    /** A log is rotated between two lines. */
    private int cut(int piece, byte[] bytes) {
        int at = cut(piece, bytes.length);
        while (piece == pieces / 2 && bytes[at - 1] != '\n') {
            at++;
        }
        return at;
    }

    private int cut(int piece, int length) {
        return (int) ((long) length * piece / pieces);
    }

    /** Lines that the files have in the end. */
    long linesInFiles() {
        return files.values().stream()
                .mapToLong(bytes -> new String(bytes, ISO_8859_1).lines().count())
                .sum();
    }

    public int messages() {
        return messages.size();
    }

    public int pieces() {
        return pieces;
    }
}
