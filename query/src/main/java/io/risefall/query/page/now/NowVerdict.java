package io.risefall.query.page.now;

import io.risefall.query.report.model.Level;
import io.risefall.query.text.Counts;
import io.risefall.query.text.NameList;
import java.util.ArrayList;
import java.util.List;

/**
 * How the fleet is, in one sentence, the worst first.
 *
 * @param level how bad it is
 * @param sentence with a full stop
 * @param more what else there is; empty: nothing
 */
public record NowVerdict(Level level, String sentence, String more) {
    private static final int MOST_NAMES = 3;

    static NowVerdict of(FleetNow fleet) {
        if (fleet.servers() == 0) {
            return new NowVerdict(Level.UNKNOWN, "No line about a server has come yet.", "");
        }
        List<String> empty = fleet.empty().stream().map(BackendNow::proxy).toList();
        if (!empty.isEmpty()) {
            String sentence = NameList.some(empty, MOST_NAMES) + verb(fleet, empty.size(), " has", " have", " had")
                    + " no server left.";
            return new NowVerdict(Level.DOWN, placed(fleet, sentence), more(fleet, true));
        }
        List<ServerNow> down = fleet.down();
        if (!down.isEmpty()) {
            String sentence = named(down) + verb(fleet, down.size(), " is", " are", down.size() == 1 ? " was" : " were")
                    + " down.";
            return new NowVerdict(Level.DOWN, placed(fleet, sentence), more(fleet, false));
        }
        if (fleet.isPast()) {
            return new NowVerdict(
                    Level.UNKNOWN,
                    "No log is read now. When the last one ended, no server was down.",
                    more(fleet, false));
        }
        List<ServerNow> flapping = fleet.flapping();
        if (!flapping.isEmpty()) {
            String sentence = named(flapping) + verb(fleet, flapping.size(), " is", " are", "") + " flapping.";
            return new NowVerdict(Level.TROUBLE, sentence, more(fleet, false));
        }
        if (!fleet.unheard().isEmpty() || !fleet.unknown().isEmpty()) {
            return new NowVerdict(
                    Level.UNKNOWN, "Nothing is known to be down, but not all is known.", more(fleet, false));
        }
        String sentence = fleet.trouble().isEmpty()
                ? "All " + Counts.servers(fleet.servers()) + " are up."
                : "No server is down.";
        return new NowVerdict(Level.OK, sentence, more(fleet, false));
    }

    private static String verb(FleetNow fleet, int count, String one, String several, String past) {
        return fleet.isPast() ? past : count == 1 ? one : several;
    }

    private static String placed(FleetNow fleet, String sentence) {
        return fleet.isPast() ? "When the log ended, " + sentence : sentence;
    }

    private static String named(List<ServerNow> servers) {
        if (servers.size() <= MOST_NAMES) {
            return NameList.some(servers.stream().map(ServerNow::name).toList(), MOST_NAMES);
        }
        List<String> backends =
                servers.stream().map(ServerNow::proxy).distinct().toList();
        return Counts.servers(servers.size()) + " of "
                + (backends.size() <= MOST_NAMES
                        ? NameList.some(backends, MOST_NAMES)
                        : Counts.plural(backends.size(), "backend"));
    }

    private static String more(FleetNow fleet, boolean withDown) {
        List<String> parts = new ArrayList<>();
        add(parts, withDown ? fleet.down().size() : 0, "down");
        add(parts, fleet.flapping().size(), "flapping");
        add(parts, fleet.inMaintenance().size(), "in maintenance");
        add(parts, fleet.draining().size(), "draining");
        add(parts, fleet.unknown().size(), "unknown");
        add(parts, fleet.standby().size(), "standing by");
        String text =
                parts.isEmpty() ? "" : "Of " + Counts.servers(fleet.servers()) + ": " + String.join(", ", parts) + ". ";
        int unheard = fleet.isPast() ? 0 : fleet.unheard().size();
        return (text + (unheard == 0 ? "" : "Nothing is heard of " + Counts.loadBalancers(unheard) + ".")).strip();
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(Counts.grouped(count) + " " + what);
        }
    }
}
