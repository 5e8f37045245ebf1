package io.risefall.app.truth.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code truth.json} of a corpus run says of each server, in the words of the views. Times are epoch seconds. */
public final class Truth {
    /** A new process shows a server UP until its first check, which comes within this time: no recovery. */
    private static final double FIRST_CHECK = 2.0;
    /** Check status of an agent that says so; one that cannot be reached says nothing. */
    private static final String AGENT_DOWN = "L7STS";
    /** {@code SRV_ADMF_*MAINT} bits of the admin column: forced, inherited, by resolution. */
    private static final int MAINTENANCE_BITS = 0x01 | 0x02 | 0x20;

    private Truth() {}

    /** A moment that the samples bracket; {@code to} infinite for a thing still open at the end. */
    public record Moment(double from, double to) {
        public double distance(double time) {
            return time < from ? from - time : time > to ? time - to : 0;
        }
    }

    /**
     * One outage.
     *
     * @param end null: open at the end of the run
     * @param replaced whether it ended with its process, so that the log may not tell how
     */
    public record Outage(Moment start, Moment end, boolean replaced, List<String> reasons) {}

    /** A state between two moments. */
    record State(String state, Moment start, Moment end) {}

    /** One server of a run. */
    public record Server(String name, boolean logged, boolean tracks, List<Outage> outages, List<State> states) {
        /** As a log tells of it that has everything. */
        public Server asLogged() {
            return new Server(name, true, tracks, outages, states);
        }
    }

    public static Map<String, Server> servers(JsonNode truth) {
        Map<String, Server> servers = new LinkedHashMap<>();
        double ended = truth.get("ended").asDouble();
        truth.get("servers").properties().forEach(entry -> {
            JsonNode server = entry.getValue();
            List<State> states = states(server.get("intervals"), ended);
            servers.put(
                    entry.getKey(),
                    new Server(
                            entry.getKey(),
                            server.get("logged").asBoolean(),
                            !server.path("tracks").isNull() && server.has("tracks"),
                            outages(server.get("intervals")),
                            states));
        });
        return servers;
    }

    private static List<State> states(JsonNode intervals, double ended) {
        List<State> states = new ArrayList<>();
        for (JsonNode interval : intervals) {
            Moment start = new Moment(
                    interval.get("start_not_before").asDouble(),
                    interval.get("start").asDouble());
            Moment end = interval.get("end").isNull()
                    ? new Moment(ended, ended)
                    : new Moment(
                            interval.get("end_not_before").asDouble(),
                            interval.get("end").asDouble());
            states.add(new State(state(interval), start, end));
        }
        return states;
    }

    private static String state(JsonNode interval) {
        String state = interval.get("state").asText();
        if (state.equals("DOWN") && (interval.get("admin").asInt() & MAINTENANCE_BITS) != 0) {
            return "maint"; // the sample fell between two fields
        }
        return switch (state) {
            case "UP", "NOCHECK" -> "up";
            case "DOWN" -> "down";
            case "MAINT" -> "maint";
            case "DRAIN", "NOLB" -> "drain";
            default -> throw new IllegalArgumentException("unknown state in truth.json: " + state);
        };
    }

    private static List<Outage> outages(JsonNode intervals) {
        List<Outage> outages = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i++) {
            if (!state(intervals.get(i)).equals("down")) {
                continue;
            }
            JsonNode first = intervals.get(i);
            int last = lastOfOutage(intervals, i);
            JsonNode end = intervals.get(last);
            boolean replaced = end.get("ended_by").asText().equals("process-replaced");
            Moment start = new Moment(
                    first.get("start_not_before").asDouble(), first.get("start").asDouble());
            Moment ended = end.get("end").isNull()
                    ? null
                    : new Moment(
                            end.get("end_not_before").asDouble(),
                            replaced && last + 1 < intervals.size()
                                    ? intervals.get(last + 1).get("start").asDouble()
                                    : end.get("end").asDouble());
            outages.add(new Outage(start, ended, replaced, reasons(first)));
            i = last;
        }
        return outages;
    }

    /** A new process that finds the server DOWN at its first check continues the outage. */
    private static int lastOfOutage(JsonNode intervals, int first) {
        boolean byAgent = intervals.get(first).path("agent_status").asText().equals(AGENT_DOWN);
        int last = first;
        while (intervals.get(last).get("ended_by").asText().equals("process-replaced") && last + 1 < intervals.size()) {
            int next = last + 1;
            if (!state(intervals.get(next)).equals("down")) {
                boolean untilFirstCheck = state(intervals.get(next)).equals("up")
                        && !intervals
                                .get(next)
                                .path(byAgent ? "agent_passed" : "check_passed")
                                .asBoolean()
                        && intervals.get(next).get("ended_by").asText().equals("change")
                        && intervals.get(next).get("end").asDouble()
                                        - intervals.get(next).get("start").asDouble()
                                < FIRST_CHECK
                        && next + 1 < intervals.size()
                        && state(intervals.get(next + 1)).equals("down");
                if (!untilFirstCheck) {
                    break;
                }
                next++;
            }
            last = next;
        }
        return last;
    }

    /** {@code STATUS code} of the check or agent that the statistics page showed at the time; several may be true. */
    private static List<String> reasons(JsonNode interval) {
        List<String> reasons = new ArrayList<>();
        reasons.add(interval.path("check_status").asText("") + " "
                + interval.path("check_code").asText(""));
        reasons.add(interval.path("agent_status").asText("") + " 0");
        return reasons;
    }
}
