package io.risefall.query.alert.engine;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens, as lines: {@code 09:00:00 lb1 web/srv1 down}, {@code … up}, {@code … maintenance}, {@code … unknown},
 * {@code … retracted}, {@code … flaps}, {@code … calm}; {@code 09:00:00 lb1 web empty}, {@code … low}, {@code … served};
 * {@code 09:00:00 lb1 - silent}, {@code … heard}. A {@code !} behind marks a role backend.
 */
final class AlertStory {
    static final Instant DAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Map<String, Trouble> open = new HashMap<>();
    private int count;

    static List<String> told(AlertSettings settings, String... lines) {
        List<String> told = new ArrayList<>();
        AlertReplay replay = new AlertReplay(new AlertBook(settings, List.of()), message -> told.add(line(message)));
        new AlertStory().changes(lines).forEach(replay::take);
        replay.until(DAY.plus(Duration.ofHours(24)));
        return told;
    }

    static String line(AlertMessage message) {
        return TIME.format(message.at()) + " " + message.sequence() + " " + message.transition() + " "
                + message.problem() + " " + message.title();
    }

    List<TroubleChange> changes(String... lines) {
        List<TroubleChange> changes = new ArrayList<>();
        for (String line : lines) {
            changes.add(change(line.split(" +")));
        }
        return changes;
    }

    private TroubleChange change(String... words) {
        Instant at = DAY.plus(Duration.between(
                java.time.LocalTime.MIN, java.time.LocalTime.parse(words[0], DateTimeFormatter.ISO_LOCAL_TIME)));
        boolean role = words[3].endsWith("!");
        String what = role ? words[3].substring(0, words[3].length() - 1) : words[3];
        String place = words[1] + " " + words[2];
        return switch (what) {
            case "down" -> begins(Kind.DOWN, place, at, role);
            case "flaps" -> begins(Kind.FLAPPING, place, at, role);
            case "empty" -> begins(Kind.EMPTY, place, at, role);
            case "low" -> begins(Kind.LOW, place, at, role);
            case "silent" -> begins(Kind.SILENT, place, at, role);
            case "calm" -> ends(Kind.FLAPPING, place, at, "up");
            case "served" -> ends(open.containsKey("EMPTY " + place) ? Kind.EMPTY : Kind.LOW, place, at, "up");
            case "heard" -> ends(Kind.SILENT, place, at, "up");
            default -> ends(Kind.DOWN, place, at, what);
        };
    }

    private TroubleChange begins(Kind kind, String place, Instant at, boolean role) {
        String[] names = place.split("[ /]");
        Trouble trouble = new Trouble(
                kind,
                "t" + count++,
                names[0],
                names[1].equals("-") ? "" : names[1],
                names.length > 2 ? names[2] : "",
                at,
                kind == Kind.SILENT ? at.minusSeconds(600) : at,
                kind == Kind.DOWN ? "L4CON" : null,
                kind == Kind.DOWN ? "Layer4 connection problem" : null,
                role,
                10_000);
        open.put(kind + " " + place, trouble);
        return TroubleChange.lasts(trouble);
    }

    private TroubleChange ends(Kind kind, String place, Instant at, String by) {
        Trouble trouble = open.remove(kind + " " + place);
        if (trouble == null) {
            throw new IllegalArgumentException(place + " has no " + kind + " at " + at);
        }
        return TroubleChange.over(trouble, at, by);
    }
}
