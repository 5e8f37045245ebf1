package io.risefall.query.explain.subject;

import io.risefall.query.text.Nearest;
import io.risefall.query.time.NamedDay;
import io.risefall.schemas.message.CheckStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The number that is to be explained, as somebody names it: an id ({@code 3f2a9c01b77e}, or as much of it as only one
 * begins with), a cell of a server's day ({@code 2026-11-23 lb1 web/srv1 down_ms}), or failed checks
 * ({@code 2026-11-23T10:00 lb1 web/srv1 L4CON failures}). Names of HAProxy have neither blank nor slash.
 */
public sealed interface ExplainTarget {
    /** As it was asked, with single blanks. */
    String words();

    /**
     * The command that explains what {@code words} ask, to be pasted into a shell. A node is called what a sender says, so
     * anything but plain names is quoted in a way that a shell takes no meaning from.
     */
    static String command(String words) {
        if (words.matches("[A-Za-z0-9]+")) {
            return "risefall explain " + words;
        }
        return "risefall explain "
                + (words.matches("[A-Za-z0-9 ._:/+@-]+") ? '"' + words + '"' : "'" + words.replace("'", "'\\''") + "'");
    }

    /** An outage, an incident or a backend's outage. */
    record Id(String words) implements ExplainTarget {}

    /**
     * A server's day.
     *
     * @param node the HAProxy host; null: the only one that knows the server
     * @param column the number; null: all of them
     */
    record Day(
            String words,
            LocalDate day,
            @Nullable String node,
            String proxy,
            String server,
            @Nullable DayColumn column) implements ExplainTarget {}

    /**
     * Failed checks of an hour or a day, of one server or of all.
     *
     * @param from the first hour begins, of UTC
     * @param to the last hour ends
     * @param node the HAProxy host; null: all
     * @param proxy the backend; null: all
     * @param server the server; null: all
     * @param reason HAProxy's short code; null: all
     * @param code with this code; {@link #WITHOUT}: with none; null: with any or none
     * @param column the number: one of {@link #REASON_COLUMNS}
     */
    record Reasons(
            String words,
            Instant from,
            Instant to,
            @Nullable String node,
            @Nullable String proxy,
            @Nullable String server,
            @Nullable String reason,
            @Nullable String code,
            String column)
            implements ExplainTarget {}

    /** The columns of the view {@code reasons_hour} that hold a number. */
    List<String> REASON_COLUMNS = List.of("failures", "downs", "max_duration_ms");

    /** In place of a code: failed checks that have none. */
    String WITHOUT = "-";

    /** What can be asked, for messages. */
    String FORMS =
            "an id such as 3f2a9c01b77e, a server's day such as \"2026-11-23 lb1 web/srv1 down_ms\", or failed checks"
                    + " such as \"2026-11-23T10:00 lb1 web/srv1 L4CON failures\"";

    /**
     * Reads what was asked.
     *
     * @param zone of days, and of hours that say none
     * @param today in that zone
     * @throws IllegalArgumentException with a sentence for whom asked
     */
    static ExplainTarget parse(String text, ZoneId zone, LocalDate today) {
        List<String> words = Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        String asked = String.join(" ", words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("nothing to explain; give " + FORMS);
        }
        String first = words.get(0);
        if (words.size() == 1 && first.matches("[0-9a-fA-F]{1,12}")) {
            return new Id(asked.toLowerCase(Locale.ROOT));
        }
        Rest rest = Rest.of(words.subList(1, words.size()));
        if (first.contains("T")) {
            Instant hour = hour(first, zone);
            return reasons(asked, hour, hour.plus(1, ChronoUnit.HOURS), rest);
        }
        LocalDate day = day(first, today);
        if (rest.saysReasons()) {
            return reasons(
                    asked,
                    day.atStartOfDay(zone).toInstant(),
                    day.plusDays(1).atStartOfDay(zone).toInstant(),
                    rest);
        }
        if (rest.proxy == null || rest.server == null) {
            throw new IllegalArgumentException("which server? give " + FORMS);
        }
        return new Day(asked, day, rest.node, rest.proxy, rest.server, rest.dayColumn());
    }

    private static ExplainTarget reasons(String asked, Instant from, Instant to, Rest rest) {
        List<String> words = new ArrayList<>(rest.after);
        String column = "failures";
        if (!words.isEmpty() && REASON_COLUMNS.contains(words.get(words.size() - 1))) {
            column = words.remove(words.size() - 1);
        }
        String reason = words.isEmpty() ? null : words.remove(0).toUpperCase(Locale.ROOT);
        if (reason != null && !reasonText().contains(reason)) {
            Set<String> known = new TreeSet<>(reasonText());
            known.addAll(REASON_COLUMNS);
            throw new IllegalArgumentException("'" + reason + "' is neither a reason, such as L4CON, nor a"
                    + " column of reasons_hour"
                    + Nearest.hint(reason, known));
        }
        String code = null;
        if (!words.isEmpty()) {
            code = words.remove(0);
            if (!code.matches("-?\\d{1,9}") && !code.equals(WITHOUT)) {
                throw new IllegalArgumentException(
                        "'" + code + "' is neither a code, such as 503, nor a column of reasons_hour"
                                + Nearest.hint(code, REASON_COLUMNS));
            }
        }
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("'" + words.get(0) + "' is unexpected; give " + FORMS);
        }
        return new Reasons(asked, from, to, rest.node, rest.proxy, rest.server, reason, code, column);
    }

    private static LocalDate day(String word, LocalDate today) {
        try {
            return NamedDay.of(word, today);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + word + "' is neither an id nor a day; give " + FORMS, e);
        }
    }

    /** The hour of UTC that holds a time: the view counts by those. */
    private static Instant hour(String word, ZoneId zone) {
        try {
            boolean hasOffset = word.matches(".*(Z|[+-]\\d{2}:?\\d{2})");
            Instant time = hasOffset
                    ? OffsetDateTime.parse(word).toInstant()
                    : LocalDateTime.parse(word).atZone(zone).toInstant();
            return time.truncatedTo(ChronoUnit.HOURS);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + word + "' is not an hour, such as 2026-11-23T10:00", e);
        }
    }

    private static Set<String> reasonText() {
        Set<String> words = new TreeSet<>();
        Arrays.stream(CheckStatus.values()).forEach(status -> words.add(status.name()));
        return words;
    }

    /**
     * The words after the time: {@code [NODE] [PROXY/SERVER] WORD...}.
     *
     * @param after what stands behind the server, or behind the time where there is none
     */
    record Rest(
            @Nullable String node,
            @Nullable String proxy,
            @Nullable String server,
            List<String> after) {
        static Rest of(List<String> words) {
            for (int i = 0; i < Math.min(2, words.size()); i++) {
                String word = words.get(i);
                int slash = word.indexOf('/');
                boolean nodeHasIt = i == 0 && words.size() > 1 && words.get(1).contains("/");
                if (slash > 0 && slash < word.length() - 1 && !nodeHasIt) {
                    return new Rest(
                            i == 0 ? null : words.get(0),
                            word.substring(0, slash),
                            word.substring(slash + 1),
                            List.copyOf(words.subList(i + 1, words.size())));
                }
            }
            return new Rest(null, null, null, List.copyOf(words));
        }

        boolean saysReasons() {
            return after.stream()
                    .anyMatch(word ->
                            REASON_COLUMNS.contains(word) || reasonText().contains(word));
        }

        @Nullable DayColumn dayColumn() {
            if (after.isEmpty()) {
                return null;
            }
            String word = after.get(0);
            DayColumn column = DayColumn.of(word)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + word + "' is not a column of server_day" + Nearest.hint(word, DayColumn.words())
                                    + "; its columns are " + String.join(", ", DayColumn.words())));
            if (after.size() > 1) {
                throw new IllegalArgumentException("'" + after.get(1) + "' is unexpected; give " + FORMS);
            }
            return column;
        }
    }
}
