package io.risefall.streams;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.ProxyNotice;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of processes, for tests: the WORDS of {@link Story}, and {@code started|stopped [PROXY]}, {@code
 * forked|starting|exited PID [NUMBER]} and {@code loaded|failed|leaving|gone} of a master.
 */
final class ProcessStory {
    private ProcessStory() {}

    /** The lines of a log, each {@code SECONDS PID WORDS}. */
    static List<HealthEvent> events(String lines) {
        List<HealthEvent> events = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] parts = line.trim().split("\\s+");
            events.add(Story.event(events.size(), Story.at(parts[0]), Long.valueOf(parts[1]), message(parts)));
        }
        return events;
    }

    static HealthMessage message(String[] parts) {
        return switch (parts[2]) {
            case "started" -> proxy(ProxyNotice.What.STARTED, parts);
            case "stopped" -> proxy(ProxyNotice.What.STOPPED, parts);
            case "forked" -> master(MasterNotice.What.FORKED, parts);
            case "starting" -> master(MasterNotice.What.INITIALIZING, parts);
            case "loaded" -> master(MasterNotice.What.LOADED, parts);
            case "failed" -> master(MasterNotice.What.WORKER_FAILED, parts);
            case "exited" -> master(MasterNotice.What.EXITED, parts);
            case "leaving" -> master(MasterNotice.What.EXITING, parts);
            case "gone" -> master(MasterNotice.What.ALL_EXITED, parts);
            default -> Story.message(parts);
        };
    }

    private static ProxyNotice proxy(ProxyNotice.What what, String[] parts) {
        return new ProxyNotice(parts.length > 3 ? parts[3] : "web", what, null, List.of(), null);
    }

    private static MasterNotice master(MasterNotice.What what, String[] parts) {
        Long worker = parts.length > 3 ? Long.valueOf(parts[3]) : null;
        Integer number = parts.length > 4 ? Integer.valueOf(parts[4]) : null;
        return new MasterNotice(what, "as in HAProxy", worker, number, null, null, null, null);
    }
}
