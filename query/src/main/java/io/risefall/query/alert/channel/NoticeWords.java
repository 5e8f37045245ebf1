package io.risefall.query.alert.channel;

import io.risefall.query.alert.model.AlertBackend;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.text.Shortened;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What people read of an alert or a document: plain text, in which nothing of the log can do anything. */
final class NoticeWords {
    /** Phones show fewer. */
    static final int LONGEST_SUBJECT = 200;

    private static final int MOST_SERVERS = 10;
    private static final int MOST_COMMANDS = 5;
    private static final int LONGEST_LINE = 500;

    private NoticeWords() {}

    /** One line, such as {@code [CRITICAL] web has no server left}. */
    static String subject(Outgoing outgoing) {
        String line = outgoing instanceof AlertNotice notice
                ? "[" + label(notice) + "] " + notice.message().title()
                : ((DocumentNotice) outgoing).subject();
        return Shortened.to(line(line), LONGEST_SUBJECT);
    }

    /** {@code CRITICAL}, {@code OVER}, {@code TEST}. */
    static String label(AlertNotice notice) {
        if (notice.test()) {
            return "TEST";
        }
        AlertMessage message = notice.message();
        return switch (message.transition()) {
            case CLOSED -> "OVER";
            case AMENDED -> "CORRECTED";
            case FLAPPING -> "FLAPPING";
            case STILL_OPEN -> "STILL " + message.severity();
            case OPENED, CHANGED -> message.severity().toString();
        };
    }

    /** Red, orange, green: in this order 0 to 2. */
    static int urgency(AlertNotice notice) {
        if (notice.message().isOver() || notice.test()) {
            return 2;
        }
        return notice.message().severity() == AlertSeverity.CRITICAL ? 0 : 1;
    }

    /** The lines below the subject. */
    static List<String> body(Outgoing outgoing) {
        if (outgoing instanceof DocumentNotice document) {
            return document.text().lines().map(Printable::of).toList();
        }
        return lines((AlertNotice) outgoing);
    }

    private static List<String> lines(AlertNotice notice) {
        AlertMessage message = notice.message();
        List<String> lines = new ArrayList<>();
        if (notice.test()) {
            lines.add("This is a test of risefall alert test. Nothing is wrong.");
        }
        lines.add("since " + moment(message.startedAt())
                + (message.endedAt() == null
                        ? ""
                        : ", over at " + moment(message.endedAt()) + " ("
                                + Durations.text(Duration.between(message.startedAt(), message.endedAt())
                                        .toMillis())
                                + ")"));
        message.servers().stream().limit(MOST_SERVERS).map(NoticeWords::server).forEach(lines::add);
        if (message.servers().size() > MOST_SERVERS) {
            lines.add("and " + Counts.servers(message.servers().size() - MOST_SERVERS) + " more");
        }
        message.backends().stream()
                .limit(MOST_SERVERS)
                .map(NoticeWords::backend)
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        if (message.servers().isEmpty() && !message.nodes().isEmpty()) {
            lines.add("nodes: " + String.join(", ", message.nodes()));
        }
        if (message.cause() != null) {
            lines.add("likely cause: " + message.cause()
                    + (message.evidence() == null ? "" : " (" + message.evidence() + ")"));
        }
        if (message.nextStep() != null && !message.isOver()) {
            lines.add("next: " + message.nextStep());
            message.commands().stream()
                    .limit(MOST_COMMANDS)
                    .map(command -> "  " + command)
                    .forEach(lines::add);
        }
        if (isAbsolute(notice)) {
            lines.add(notice.link());
        }
        lines.add("alert " + message.alertId() + ", message " + message.sequence());
        return lines.stream().map(NoticeWords::line).toList();
    }

    /** To the second: who compares lines has the link. */
    private static String moment(Instant at) {
        return LocalTimes.exact(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
    }

    private static String server(AlertServer server) {
        String state = switch (server.state()) {
            case DOWN -> "DOWN since " + moment(server.since());
            case FLAPPING -> "flapping";
            case OVER -> "not DOWN any more";
        };
        String reason = server.reasonText() == null ? server.reason() : server.reasonText();
        return server.name() + ": " + state + (reason == null ? "" : ", " + reason)
                + (server.nodes().isEmpty() ? "" : ", seen by " + String.join(", ", server.nodes()));
    }

    private static String backend(AlertBackend backend) {
        if (backend.empty()) {
            return "backend " + backend.proxy() + ": no server left";
        }
        return backend.usable() == null
                ? ""
                : "backend " + backend.proxy() + ": " + backend.usable()
                        + (backend.configured() == null ? "" : " of " + backend.configured()) + " servers usable";
    }

    /** Whether a link leads anywhere by itself. */
    static boolean isAbsolute(AlertNotice notice) {
        return notice.link().startsWith("http");
    }

    private static String line(String text) {
        return Shortened.to(Printable.of(text.replaceAll("[\\r\\n\\t]+", " ")), LONGEST_LINE);
    }
}
