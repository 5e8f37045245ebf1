package io.risefall.app.truth.haproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * HAProxy's own account of its servers: its stats socket, read many times a second while it runs. {@link #truth} is in the
 * form of the corpus's {@code truth.json}. Safe for use by several threads.
 */
final class StateSamples implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EVERY_MILLIS = 50;

    private final StatsSocket socket;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, List<Interval>> intervals = new TreeMap<>();
    private String process = "";
    private long samples;
    private double before;
    private double changed;
    /** When the next sample can begin. */
    private double due = now();

    private double late;

    StateSamples(StatsSocket socket) {
        this.socket = socket;
        clock.scheduleAtFixedRate(this::sample, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What one row of {@code show stat} says; the reason is that of the moment. */
    private record Seen(String state, String checkStatus, String checkCode, String agentStatus, String tracked) {
        /** Whether it shows what the state is for: after maintenance and in a new process the first check is still to come. */
        private boolean hasReason() {
            return agentStatus.equals("L7STS") || !checkStatus.isEmpty() && !checkStatus.equals("INI");
        }

        /** Whether this says of the same check more than {@code earlier}, whose moment was before HAProxy had set its code. */
        private boolean hasCodeOf(Seen earlier) {
            return earlier.checkStatus.equals("L7STS")
                    && earlier.checkCode.equals("0")
                    && checkStatus.equals(earlier.checkStatus);
        }
    }

    private static final class Interval {
        private Seen seen;
        private final double notBefore;
        private final double start;
        private double endNotBefore;
        private Double end;
        private String endedBy = "open-at-end";
        private boolean checkPassed;
        private boolean agentPassed;

        private Interval(Seen seen, double notBefore, double start) {
            this.seen = seen;
            this.notBefore = notBefore;
            this.start = start;
        }
    }

    /** The latest state of {@code proxy/server}, as UP, DOWN, MAINT; empty where it is not there. */
    synchronized String state(String server) {
        Interval last = open(server);
        return last == null ? "" : last.seen.state;
    }

    /** Which process answered last, its pid and when it began, as in a container pids come back; empty before. */
    synchronized String process() {
        return process;
    }

    /** Seconds since a server was last seen to change, or another process to answer. */
    synchronized double quiet() {
        return now() - changed;
    }

    /** How often the socket answered. */
    synchronized long samples() {
        return samples;
    }

    private void sample() {
        double asked = now();
        begun(asked);
        String answer;
        try {
            answer = socket.ask("show info;show stat");
        } catch (IOException e) {
            return; // not there now: before its start, or between two processes
        } finally {
            ended(asked, now());
        }
        take(answer, asked, now());
    }

    private synchronized void begun(double asked) {
        late = Math.max(late, asked - due);
    }

    private synchronized void ended(double asked, double ended) {
        due = Math.max(ended, asked + EVERY_MILLIS / 1e3);
    }

    private synchronized void take(String answer, double asked, double answered) {
        Map<String, Seen> rows = new HashMap<>();
        String pid = "";
        String began = "";
        List<String> head = List.of();
        for (String line : answer.split("\n")) {
            if (line.startsWith("Pid: ")) {
                pid = line.substring(5).trim();
            } else if (line.startsWith("Start_time_sec: ")) {
                began = line.substring(16).trim();
            } else if (line.startsWith("# ")) {
                head = List.of(line.substring(2).split(","));
            } else if (!head.isEmpty() && line.contains(",")) {
                row(head, line.split(",", -1), rows);
            }
        }
        if (pid.isEmpty() || head.isEmpty()) {
            return;
        }
        String answering = pid + " " + began;
        boolean replaced = !process.isEmpty() && !answering.equals(process);
        process = answering;
        Set<String> all = new HashSet<>(intervals.keySet());
        all.addAll(rows.keySet());
        for (String server : all) {
            see(server, rows.get(server), replaced, answered);
        }
        before = asked;
        samples++;
    }

    private static void row(List<String> head, String[] cells, Map<String, Seen> rows) {
        String server = cells[head.indexOf("svname")];
        if (server.equals("FRONTEND") || server.equals("BACKEND")) {
            return;
        }
        rows.put(
                cells[head.indexOf("pxname")] + "/" + server,
                new Seen(
                        word(cells[head.indexOf("status")]),
                        cells[head.indexOf("check_status")].replace("* ", ""),
                        cells[head.indexOf("check_code")],
                        cells[head.indexOf("agent_status")].replace("* ", ""),
                        cells[head.indexOf("tracked")]));
    }

    /** {@code DOWN 1/2}, {@code MAINT (via web/a)} and the like. */
    private static String word(String status) {
        return status.equals("no check") ? "NOCHECK" : status.split(" ")[0];
    }

    private void see(String server, Seen seen, boolean replaced, double answered) {
        Interval last = open(server);
        boolean same = last != null && seen != null && last.seen.state.equals(seen.state);
        if (last != null && (replaced || !same)) {
            last.end = answered;
            last.endNotBefore = before;
            last.endedBy = replaced ? "process-replaced" : seen == null ? "deleted" : "change";
        }
        if (seen != null && (replaced || !same)) {
            intervals
                    .computeIfAbsent(server, name -> new ArrayList<>())
                    .add(new Interval(seen, before == 0 ? answered : before, answered));
        }
        if (replaced || !same) {
            changed = answered;
        }
        Interval now = open(server);
        if (now != null) {
            if (!now.seen.hasReason() || seen.hasCodeOf(now.seen)) {
                now.seen = seen;
            }
            now.checkPassed |= seen.checkStatus.endsWith("OK");
            now.agentPassed |= seen.agentStatus.endsWith("OK");
        }
    }

    private Interval open(String server) {
        List<Interval> own = intervals.get(server);
        Interval last = own == null ? null : own.get(own.size() - 1);
        return last == null || last.end != null ? null : last;
    }

    /** All of it; the run ends now. */
    synchronized JsonNode truth() {
        ObjectNode truth = JSON.createObjectNode();
        truth.put("ended", now());
        truth.put("late", late);
        ObjectNode servers = truth.putObject("servers");
        intervals.forEach((name, own) -> {
            ObjectNode server = servers.putObject(name);
            server.put("logged", true);
            String tracked = own.get(0).seen.tracked;
            server.put("tracks", tracked.isEmpty() ? null : tracked);
            ArrayNode list = server.putArray("intervals");
            own.forEach(interval -> list.add(json(interval)));
        });
        return truth;
    }

    private static ObjectNode json(Interval interval) {
        ObjectNode json = JSON.createObjectNode();
        json.put("state", interval.seen.state);
        json.put("start_not_before", interval.notBefore);
        json.put("start", interval.start);
        json.put("end_not_before", interval.end == null ? null : interval.endNotBefore);
        json.put("end", interval.end);
        json.put("ended_by", interval.endedBy);
        json.put("admin", 0);
        json.put("check_passed", interval.checkPassed);
        json.put("agent_passed", interval.agentPassed);
        json.put("check_status", interval.seen.checkStatus);
        json.put("check_code", interval.seen.checkCode);
        json.put("agent_status", interval.seen.agentStatus);
        return json;
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
