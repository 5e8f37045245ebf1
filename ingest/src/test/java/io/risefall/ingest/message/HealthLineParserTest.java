package io.risefall.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Rejected;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table {@code health-lines.txt}: a message, and below it what is read from it, whole. */
class HealthLineParserTest {
    private static final String ARROW = "    ";
    private static final Pattern ENDS_IN_NAME = Pattern.compile(".* ((via|frontend|proxy|backend) \\S+|its IP .*)\\.");
    private static final JsonSerde<HealthMessage> JSON = JsonSerde.of(HealthMessage.class);

    @Test
    void everyWordingOfTheTable() throws IOException {
        StringBuilder actual = new StringBuilder();
        for (String row : table().lines().toList()) {
            if (row.startsWith("#") || row.isEmpty()) {
                actual.append(row).append('\n');
            } else if (!row.startsWith(ARROW)) {
                actual.append(row).append('\n').append(ARROW).append(show(HealthLineParser.parse(unmarked(row))));
                actual.append('\n');
            }
        }
        assertThat(actual.toString()).isEqualTo(table());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void renderingGivesTheMessageBack(String message) {
        if (HealthLineParser.parse(message) instanceof Parsed parsed) {
            assertThat(parsed.message().text()).isEqualTo(message);
        }
    }

    /** A line can be cut anywhere: what is read from the beginning never contradicts the whole. */
    @ParameterizedTest
    @MethodSource("messages")
    void everyBeginningSaysTheSameOrLess(String message) {
        Result whole = HealthLineParser.parse(message);
        for (int length = 0; length < message.length(); length++) {
            String beginning = message.substring(0, length);
            Result result = HealthLineParser.parse(beginning);
            if (result instanceof Parsed parsed) {
                assertThat(parsed.message().text()).isEqualTo(beginning);
                if (whole instanceof Parsed all) {
                    assertSameOrLess(parsed.message(), all.message(), beginning);
                }
            }
        }
    }

    /** What is not printed by HAProxy must not become an event by standing behind what is. */
    @ParameterizedTest
    @MethodSource("messages")
    void textBehindAWholeSentenceIsRefused(String message) {
        if (isWhole(HealthLineParser.parse(message))) {
            for (String planted : List.of(" 200 " + message, " ", "x", ".", "\"", message, " via a/b.", " (x).")) {
                // A name may have full stops: there "x" only makes it longer.
                boolean longerName = ENDS_IN_NAME.matcher(message).matches() && "x.".contains(planted);
                if (!longerName) {
                    assertThat(HealthLineParser.parse(message + planted))
                            .as(message + planted)
                            .isNotInstanceOf(Parsed.class);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theCheapTestLetsEveryHealthLineThrough(String message) {
        for (int length = 0; length <= message.length(); length++) {
            byte[] bytes = message.substring(0, length).getBytes(StandardCharsets.ISO_8859_1);
            boolean health = !(HealthLineParser.parse(message.substring(0, length)) instanceof NotHealth);
            if (health) {
                assertThat(HealthPrefixes.possible(bytes, 0, bytes.length))
                        .as(message.substring(0, length))
                        .isTrue();
            }
        }
    }

    @Test
    void aLongMessageTakesNoLongTime() {
        String dots = "Server b/" + ".".repeat(1_000_000);
        assertThat(HealthLineParser.parse(dots)).isInstanceOf(Rejected.class);
        assertThat(HealthLineParser.parse("Server b/s is DOWN via a/" + ".".repeat(1_000_000) + " x"))
                .isInstanceOf(Rejected.class);
        assertThat(HealthLineParser.parse("1".repeat(1_000_000))).isInstanceOf(NotHealth.class);
        assertThat(HealthLineParser.parse(
                        "Server b/s is DOWN, reason: Layer7 wrong status, code: " + "1".repeat(1_000_000)))
                .isInstanceOf(Rejected.class);
    }

    static Stream<String> messages() throws IOException {
        return table().lines()
                .filter(row -> !row.startsWith("#") && !row.startsWith(ARROW) && !row.isEmpty())
                .map(HealthLineParserTest::unmarked);
    }

    private static boolean isWhole(Result result) {
        if (!(result instanceof Parsed parsed)) {
            return false;
        }
        String text = parsed.message().text();
        boolean cut = parsed.message() instanceof ServerSwitch line && line.cut()
                || parsed.message() instanceof CheckResult check && check.cut();
        return !cut && (text.endsWith(".") || text.endsWith("!")) && !text.endsWith("...");
    }

    private static void assertSameOrLess(HealthMessage part, HealthMessage all, String beginning) {
        assertThat(part.kind()).as(beginning).isEqualTo(all.kind());
        if (ENDS_IN_NAME.matcher(beginning).matches()) {
            // "via a/srv." and "frontend f." are whole sentences, whatever would have followed.
            return;
        }
        assertThat(part.proxy()).as(beginning).isEqualTo(all.proxy());
        assertThat(part.serverName()).as(beginning).isEqualTo(all.serverName());
        if (part instanceof ServerSwitch less && all instanceof ServerSwitch more) {
            // "is UP" and "is DOWN" alone are read as articles mean them.
            boolean quoted = beginning.endsWith(" is UP") || beginning.endsWith(" is DOWN");
            if (!quoted) {
                assertThat(less.transition()).as(beginning).isEqualTo(more.transition());
            }
            assertThat(less.via()).as(beginning).isIn(null, more.via());
            assertThat(less.changedFrom()).as(beginning).isIn(null, more.changedFrom());
            assertSameOrLess(less.reason(), more.reason(), beginning);
            assertSameOrLess(less.counts(), more.counts(), beginning);
        }
        if (part instanceof CheckResult less && all instanceof CheckResult more) {
            assertThat(less.outcome()).as(beginning).isEqualTo(more.outcome());
            assertThat(less.health()).as(beginning).isIn(null, more.health());
            assertThat(less.threshold()).as(beginning).isIn(null, more.threshold());
            assertThat(less.state()).as(beginning).isIn(null, more.state());
            assertSameOrLess(less.reason(), more.reason(), beginning);
        }
    }

    private static void assertSameOrLess(@Nullable CheckReason less, @Nullable CheckReason more, String beginning) {
        if (less != null && more != null) {
            assertThat(less.status()).as(beginning).isEqualTo(more.status());
            assertThat(less.code()).as(beginning).isIn(null, more.code());
            assertThat(less.info()).as(beginning).isIn(null, more.info());
            assertThat(less.durationMillis()).as(beginning).isIn(null, more.durationMillis());
        }
        assertThat(less != null && more == null).as(beginning).isFalse();
    }

    private static void assertSameOrLess(@Nullable ServerCounts less, @Nullable ServerCounts more, String beginning) {
        if (less != null && more != null) {
            assertThat(less.active()).as(beginning).isEqualTo(more.active());
            assertThat(less.backup()).as(beginning).isEqualTo(more.backup());
            assertThat(less.requeued()).as(beginning).isIn(null, more.requeued());
            assertThat(less.queued()).as(beginning).isIn(null, more.queued());
        }
        assertThat(less != null && more == null).as(beginning).isFalse();
    }

    private static String show(Result result) {
        if (result instanceof Parsed parsed) {
            byte[] json = JSON.serialize("", parsed.message());
            return json == null ? "" : new String(json, StandardCharsets.UTF_8);
        }
        return result instanceof Rejected rejected ? "rejected: " + rejected.why() : "not health";
    }

    /** A space at a message's beginning is written {@code ␠}, or the row would look like a result. */
    private static String unmarked(String row) {
        return row.replace('\u2420', ' ');
    }

    private static String table() throws IOException {
        try (InputStream in = HealthLineParserTest.class.getResourceAsStream("/health-lines.txt")) {
            if (in == null) {
                throw new IOException("no health-lines.txt");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
