package io.risefall.streams.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.streams.Story;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.TrackedEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which lines are one event. A line is {@code SOURCE SECONDS PID WORD}; WORD is {@code down}, {@code down-l7}, {@code cut} (a
 * DOWN line without its reason) or {@code up}. SECONDS without a point are a stamp of whole seconds, with {@code r} the time of
 * receipt. PID {@code -} is none.
 */
class DeduplicatorTest {
    private static final TrackedEntity ENTITY = TrackedEntity.of(Story.NODE, Story.SERVER);

    static Stream<Arguments> stories() {
        return Stream.of(
                story("printed twice in one log, at one time", """
                        a 5.000 1 down
                        a 5.010 1 down
                        a 5.021 1 down
                        """, "5 1 down, 5.021 1 down"),
                story(
                        "another message or process in between is no double",
                        """
                        a 5.000 1 down
                        a 5.001 2 down
                        a 5.002 2 down-l7
                        a 5.003 2 up
                        a 5.004 2 down-l7
                        """,
                        "5 1 down, 5.001 2 down, 5.002 2 down-l7, 5.003 2 up, 5.004 2 down-l7"),
                story("two logs, up to a second apart", """
                        a 5.000 1 down
                        b 6.000 1 down
                        """, "5 1 down"),
                story("further apart", """
                        a 5.000 1 down
                        b 6.001 1 down
                        """, "5 1 down, 6.001 1 down"),
                story("whole seconds stand for all of their second", """
                        a 5 1 down
                        b 7.000 1 down
                        """, "7 1 down"),
                story("whole seconds, and further apart", """
                        a 5 1 down
                        b 7.001 1 down
                        """, "5 1 down, 7.001 1 down"),
                story("whole seconds, and before", """
                        a 5 1 down
                        b 4.000 1 down
                        """, "4 1 down"),
                story("whole seconds, and too long before", """
                        a 5 1 down
                        b 3.999 1 down
                        """, "3.999 1 down, 5 1 down"),
                story("fractions win over the time of receipt, and that over whole seconds", """
                        a 5 1 down
                        b 5.9r 1 down
                        c 5.6 1 down
                        """, "5.6 1 down"),
                story("a time of receipt is up to a second late", """
                        a 7.000r 1 down
                        b 5.000 1 down
                        """, "5 1 down"),
                story("and no more than that", """
                        a 7.001r 1 down
                        b 5.000 1 down
                        """, "5 1 down, 7.001 1 down"),
                story(
                        "another process, or another message, is another event",
                        """
                        a 5.0 1 down
                        b 5.1 2 down
                        c 5.2 1 down-l7
                        """,
                        "5 1 down, 5.1 2 down, 5.2 1 down-l7"),
                story("a line without its process can be any's", """
                        a 5.0 - down
                        b 5.1 1 down
                        """, "5 1 down"),
                story("a line that was cut is completed", """
                        a 5.0 1 cut
                        b 5.1 1 down
                        """, "5 1 down"),
                story("and completes nothing", """
                        a 5.0 1 down
                        b 5.1 1 cut
                        """, "5 1 down"),
                story("both flap within a second", """
                        a 5.1 1 down
                        a 5.3 1 up
                        a 5.5 1 down
                        a 5.7 1 up
                        b 5 1 down
                        b 5 1 up
                        b 5 1 down
                        b 5 1 up
                        """, "5.1 1 down, 5.3 1 up, 5.5 1 down, 5.7 1 up"),
                story(
                        "what one log lost stands between its neighbours",
                        """
                        a 5.1 1 down
                        a 5.7 1 up
                        b 5.2 1 down
                        b 5.35 1 up
                        b 5.55 1 down
                        b 5.8 1 up
                        """,
                        "5.1 1 down, 5.35 1 up, 5.55 1 down, 5.7 1 up"),
                story(
                        "a time that would be before or after its neighbours is moved between them",
                        """
                        a 5.5 1 down
                        a 5.6 1 up
                        b 5 1 down
                        b 5 1 down-l7
                        b 5 1 up
                        """,
                        "5.5 1 down, 5.5 1 down-l7, 5.6 1 up"),
                story("and after them", """
                        a 5.5 1 down
                        a 5.6 1 up
                        b 5.7 1 down
                        b 5.8 1 down-l7
                        b 5.9 1 up
                        """, "5.5 1 down, 5.6 1 down-l7, 5.6 1 up"),
                story("each lost another one", """
                        a 5.1 1 down
                        a 5.5 1 down-l7
                        a 5.9 1 up
                        b 5.1 1 down
                        b 5.3 1 up
                        b 5.9 1 up
                        """, "5.1 1 down, 5.3 1 up, 5.5 1 down-l7, 5.9 1 up"),
                story("of two that could be it, the nearest is", """
                        a 5.0 1 down
                        a 5.5 1 down
                        b 5.6 1 down
                        """, "5 1 down, 5.5 1 down"),
                story(
                        "the same the other way round: the one that is left is that of the other log",
                        """
                        a 5.4 1 down
                        b 4.5 1 down
                        b 5.3 1 down
                        """,
                        "4.5 1 down, 5.4 1 down"),
                story("as many matches as possible, even if they are further apart", """
                        a 5.0 1 down
                        a 5.9 1 down
                        b 5.8 1 down
                        b 6.7 1 down
                        """, "5 1 down, 5.9 1 down"),
                story("a log goes on in the next file: two lines of it are two events", """
                        a.1 5.0 1 down
                        a 5.5 1 down
                        """, "5 1 down, 5.5 1 down"),
                story("a file and a copy of it under a rotated name", """
                        a.1 5.0 1 down
                        a 5.0 1 down
                        """, "5 1 down"),
                story(
                        "a rotated file that ends after the next one begins is no part of the same log",
                        """
                        a.1 5.5 1 down
                        a 5.0 1 down
                        """,
                        "5.5 1 down"),
                story("pauses", """
                        a 5.0 1 down
                        b 8.001 1 down
                        a 8.002 1 down
                        """, "5 1 down, 8.002 1 down"));
    }

    private static Arguments story(String name, String lines, String expected) {
        return Arguments.of(name, lines, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void events(String name, String story, String expected) {
        assertThat(text(Deduplicator.merge(lines(story)))).isEqualTo(expected);
    }

    @Test
    void linesMoreThanThreeSecondsApartAreInClustersOfTheirOwn() {
        assertThat(Deduplicator.clusters(lines("""
                a 0.0 1 down
                b 3.0 1 down
                a 6.001 1 up
                """))).extracting(List::size).containsExactly(2, 1);
        assertThat(Deduplicator.clusters(List.of())).isEmpty();
    }

    @Test
    void theLogPathOfAllLines() {
        assertThat(Deduplicator.onlyPath(lines("a 0.0 1 down\na 3.0 1 up")).log())
                .isEqualTo("file:/a");
        assertThat(Deduplicator.onlyPath(lines("a 0.0 1 down\nb 3.0 1 up"))).isNull();
        assertThat(Deduplicator.onlyPath(List.of())).isNull();
    }

    @Test
    void aSeverityThatOnlyOneLogHasIsKept() {
        List<KeyValue<String, Line>> lines = new ArrayList<>(lines("a 5.0 1 down"));
        HealthEvent event = event("b", 1, Story.at("5.1"), true, 1L, Severity.ALERT, message("down"));
        lines.add(KeyValue.pair(LineKey.of(ENTITY, event), Line.of(event)));
        assertThat(Deduplicator.merge(lines)).extracting(Line::severity).containsExactly(Severity.ALERT);
    }

    @Test
    void theEventIsTheLineWithTheMostPreciseTime() {
        assertThat(Deduplicator.merge(lines("a 5 1 cut\nb 5.2 1 down\nc 5.1 1 down\nc 7.0 1 up")))
                .extracting(Line::position)
                .containsExactly(new LinePosition("file:/b", 1, 0), new LinePosition("file:/c", 3, 0));
    }

    /** Too many to be aligned at once: they are cut at the widest gap in the middle. */
    @Test
    void manyLinesAtOnce() {
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < 1100; i++) {
            String at = String.valueOf(10 + i * 0.02 + (i >= 500 ? 2 : 0));
            String word = i % 2 == 0 ? "down" : "up";
            story.append("a ").append(at).append(" 1 ").append(word).append('\n');
            story.append("b ").append(at).append(" 1 ").append(word).append('\n');
        }
        assertThat(Deduplicator.merge(lines(story.toString()))).hasSize(1100);
    }

    /** In the order of their keys, as they are stored. */
    private static List<KeyValue<String, Line>> lines(String story) {
        List<KeyValue<String, Line>> lines = new ArrayList<>();
        for (String text : story.lines().toList()) {
            String[] parts = text.split(" ");
            boolean received = parts[1].endsWith("r");
            Instant at = Story.at(received ? parts[1].substring(0, parts[1].length() - 1) : parts[1]);
            Long pid = parts[2].equals("-") ? null : Long.valueOf(parts[2]);
            HealthEvent event =
                    event(parts[0], lines.size(), at, parts[1].contains("."), pid, null, message(parts[3]), received);
            lines.add(KeyValue.pair(LineKey.of(ENTITY, event), Line.of(event)));
        }
        lines.sort(Comparator.comparing(line -> line.key));
        return lines;
    }

    private static HealthEvent event(
            String file,
            long position,
            Instant at,
            boolean precise,
            Long pid,
            Severity severity,
            HealthMessage message) {
        return event(file, position, at, precise, pid, severity, message, false);
    }

    private static HealthEvent event(
            String file,
            long position,
            Instant at,
            boolean precise,
            Long pid,
            Severity severity,
            HealthMessage message,
            boolean received) {
        return new HealthEvent(
                at,
                precise,
                received ? at : at.plusMillis(2),
                Story.NODE,
                pid,
                "haproxy",
                severity,
                message,
                new LineFrame("", null, null),
                new Origin("file:/" + file, position, 0, null));
    }

    private static HealthMessage message(String word) {
        CheckReason reason = word.equals("down")
                ? new CheckReason(CheckStatus.L4CON, null, null, 1L)
                : word.equals("down-l7") ? new CheckReason(CheckStatus.L7STS, 500, null, 1L) : null;
        Transition transition = word.equals("up") ? Transition.UP : Transition.DOWN;
        boolean cut = word.equals("cut");
        return new ServerSwitch(
                Story.SERVER, false, transition, null, null, null, null, reason, null, null, null, cut, null);
    }

    private static String text(List<Line> events) {
        return events.stream()
                .map(line -> Story.seconds(line.at()) + " " + line.pid() + " " + word((ServerSwitch) line.message()))
                .collect(Collectors.joining(", "));
    }

    private static String word(ServerSwitch change) {
        return Stream.of("down", "down-l7", "cut", "up")
                .filter(word -> message(word).equals(change))
                .findFirst()
                .orElseThrow();
    }
}
