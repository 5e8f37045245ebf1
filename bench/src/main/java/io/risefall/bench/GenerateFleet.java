package io.risefall.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes the health logs of a fleet, one file for each node and path as a central rsyslog has them:
 * {@code GenerateFleet FOLDER UNTIL [KEY=VALUE]...}. Prints how many lines and bytes. The same arguments give the same bytes. Keys:
 *
 * <ul>
 *   <li>{@code nodes} HAProxy hosts, {@code seen} so many of which see the same servers, {@code servers} of each, ten to a backend
 *   <li>{@code lines} of each server in all, DOWN and UP in turns; {@code days} before UNTIL
 *   <li>{@code reloads} of each node a day: each backend's old and new process say so, and the new one finds again what is DOWN
 *   <li>{@code late} share of the lines that stand in the file up to ten minutes too late
 *   <li>{@code paths} by which each line comes, as by two relays: copies in {@code path-1}, {@code path-2} and so on
 * </ul>
 */
public final class GenerateFleet {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);
    private static final int BACKEND = 10;
    private static final int PIDS = 30_000;
    private static final long CHECKS = Duration.ofSeconds(5).toMillis();
    private static final long LATEST = Duration.ofMinutes(10).toMillis();
    private static final long LONGEST = Duration.ofMinutes(10).toMillis();
    private static final Map<String, String> DEFAULTS = Map.of(
            "nodes", "10", "seen", "2", "servers", "100", "lines", "20", "days", "1", "reloads", "4", "late", "0.01",
            "paths", "1", "seed", "1");

    private final Map<String, String> wanted = new HashMap<>(DEFAULTS);
    private final Path folder;
    private final long begin;
    private final long end;
    private long lines;
    private long bytes;

    /** What a node sees: a server or, with -1, the node itself changes. */
    private record Change(long at, int server, boolean down) {}

    private record Line(long at, String text) {}

    private GenerateFleet(Path folder, Instant until, List<String> keys) {
        this.folder = folder;
        for (String key : keys) {
            String[] parts = key.split("=", 2);
            if (parts.length < 2 || wanted.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException(key + " is not KEY=VALUE with one of " + DEFAULTS.keySet());
            }
        }
        end = until.toEpochMilli();
        begin = end - Duration.ofDays(number("days")).toMillis();
    }

    public static void main(String[] arguments) throws IOException {
        GenerateFleet fleet = new GenerateFleet(
                Path.of(arguments[0]),
                Instant.parse(arguments[1]),
                Arrays.asList(arguments).subList(2, arguments.length));
        for (int node = 0; node < fleet.number("nodes"); node++) {
            fleet.write(node);
        }
        System.out.println(fleet.lines + " " + fleet.bytes);
    }

    private int number(String key) {
        return Integer.parseInt(wanted.get(key));
    }

    private void write(int node) throws IOException {
        List<Line> log = log(node);
        for (int path = 1; path <= number("paths"); path++) {
            Path file = Files.createDirectories(folder.resolve("path-" + path)).resolve("node%04d.log".formatted(node));
            try (OutputStream to = Files.newOutputStream(file);
                    PrintStream out = new PrintStream(
                            new BufferedOutputStream(to, 1 << 16), false, StandardCharsets.ISO_8859_1)) {
                log.forEach(line -> out.print(line.text()));
            }
            lines += log.size();
            bytes += Files.size(file);
        }
    }

    private List<Line> log(int node) {
        int servers = number("servers");
        int group = node / number("seen");
        List<Change> changes = changes(group, node);
        boolean[] down = new boolean[servers];
        List<Line> log = new ArrayList<>();
        Random late = new Random(number("seed") + 31L * node);
        // Two nodes with the same pids and lines would be taken for one host.
        double share = Double.parseDouble(wanted.get("late"));
        int pid = PIDS + late.nextInt(PIDS);
        for (Change change : changes) {
            List<String> said = new ArrayList<>();
            if (change.server() < 0) {
                reload(group, pid, down, said);
                pid++;
            } else {
                down[change.server()] = change.down();
                said.add(line(pid, changed(group, change.server(), down)));
            }
            long place = change.at() + (late.nextDouble() < share ? late.nextLong(LATEST) : 0);
            for (String text : said) {
                Instant at = Instant.ofEpochMilli(change.at()).plusNanos(log.size() % 1000 * 1000L);
                log.add(new Line(place, STAMP.format(at) + " node%04d ".formatted(node) + text + "\n"));
            }
        }
        log.sort(Comparator.comparingLong(Line::at));
        return log;
    }

    private List<Change> changes(int group, int node) {
        Random random = new Random(number("seed") + 7919L * group);
        List<Change> changes = new ArrayList<>();
        // Each node finds it with its own checks.
        Random own = new Random(number("seed") + 104_729L * node);
        long behind = own.nextLong(CHECKS);
        long step = (end - begin) / Math.max(1, number("lines") / 2);
        for (int server = 0; server < number("servers"); server++) {
            for (int outage = 0; outage < number("lines") / 2; outage++) {
                long from = begin + outage * step + random.nextLong(step / 2);
                changes.add(new Change(from + behind, server, true));
                long lasts = 1000 + random.nextLong(Math.min(LONGEST, step / 2));
                changes.add(new Change(from + behind + lasts, server, false));
            }
        }
        for (int reload = 0; reload < number("reloads") * number("days"); reload++) {
            changes.add(new Change(begin + own.nextLong(end - begin), -1, false));
        }
        changes.sort(Comparator.comparingLong(Change::at));
        return changes;
    }

    private static void reload(int group, int pid, boolean[] down, List<String> said) {
        for (int backend = 0; backend * BACKEND < down.length; backend++) {
            said.add(line(pid + 1, "Proxy " + backend(group, backend) + " started."));
        }
        for (int backend = 0; backend * BACKEND < down.length; backend++) {
            said.add(line(pid, "Proxy " + backend(group, backend) + " stopped (cumulated conns: FE: 0, BE: 1)."));
        }
        for (int server = 0; server < down.length; server++) {
            if (down[server]) {
                said.add(line(pid + 1, changed(group, server, down)));
            }
        }
    }

    private static String line(int pid, String message) {
        return "haproxy[" + pid + "]: " + message;
    }

    private static String backend(int group, int backend) {
        return "app%04d_%02d".formatted(group, backend);
    }

    private static String changed(int group, int server, boolean[] down) {
        int first = server / BACKEND * BACKEND;
        int left = 0;
        for (int other = first; other < Math.min(first + BACKEND, down.length); other++) {
            left += down[other] ? 0 : 1;
        }
        String name = backend(group, server / BACKEND) + "/srv%02d".formatted(server % BACKEND);
        return down[server]
                ? "Server " + name
                        + " is DOWN, reason: Layer4 connection problem, info: \"Connection refused\", check duration: 0ms. "
                        + left
                        + " active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue."
                : "Server " + name + " is UP, reason: Layer7 check passed, code: 200, check duration: 1ms. " + left
                        + " active and 0 backup servers online. 0 sessions requeued, 0 total in queue.";
    }
}
