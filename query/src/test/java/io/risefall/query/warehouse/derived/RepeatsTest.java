package io.risefall.query.warehouse.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.Slow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines repeat others, in the view {@code ingest}. */
@Slow
class RepeatsTest {
    private static final ServerName SERVER = new ServerName("app", "srv1");

    @TempDir
    Path folder;

    private final Batch batch = new Batch();
    private long position;
    /** What stands before each message from now on. */
    private String header = "";

    @Test
    void theSameFlapsFromTwoSourcesAreEventsOnceAndRepeatsOnce() throws Exception {
        for (String at : new String[] {"05.1 down", "05.3 up", "05.5 down", "05.7 up", "59.99 down"}) {
            say("udp", at);
        }
        for (String at : new String[] {"05 down", "05 up", "05 down", "05 up", "59 down"}) {
            say("file", at);
        }
        assertThat(ingest("udp", 5, "file", 5)).containsExactly("file 0 5", "udp 5 0");
    }

    @Test
    void whatOneSourceLostIsAnEventOfTheOther() throws Exception {
        say("a", "05.1 down");
        say("a", "09.3 up");
        say("b", "05.2 down");
        say("b", "07.1 up");
        say("b", "09.4 down");
        assertThat(ingest("a", 2, "b", 3)).containsExactly("a 2 0", "b 2 1");
    }

    @Test
    void aSourceThatHasEveryLineTwiceHasItsRepeats() throws Exception {
        for (String at :
                new String[] {"05 down", "05 down", "05 up", "05 up", "05 down", "05 down", "20 up", "20 up"}) {
            say("file", at);
        }
        assertThat(ingest("file", 8)).containsExactly("file 4 4");
    }

    @Test
    void twoRelaysToOneListenerAreTwoLanes() throws Exception {
        for (String sender : new String[] {"10.0.0.1", "10.0.0.2"}) {
            for (String at : new String[] {"05 down", "05 up", "05 down", "05 up"}) {
                say("udp", sender, at);
            }
        }
        assertThat(ingest("udp", 8)).containsExactly("udp 4 4");
    }

    /** DOWN lines have another severity than UP lines. */
    @Test
    void theSeveritiesOfAFacilityAreOneLane() throws Exception {
        header = "<129>";
        say("udp", "05.1 down");
        header = "<133>";
        say("udp", "05.9 up");
        header = "<129>";
        say("udp", "06.4 down");
        assertThat(ingest("udp", 3)).containsExactly("udp 3 0");
    }

    @Test
    void aCheckLineAndItsSwitchLineTwiceInTurnAreTwoEvents() throws Exception {
        for (String at : new String[] {"05 check", "05 down", "05 check", "05 down", "06 check", "29 check"}) {
            say("file", at);
        }
        assertThat(ingest("file", 6)).containsExactly("file 3 3");
        assertThat(rows("select count(*) from checks")).containsExactly("2");
    }

    @Test
    void aLineThatIsExpandedIsARepeatWhereAllOfItIs() throws Exception {
        say("file", "05 down");
        expand("file", "05 down", 2);
        expand("file", "20 up", 2);
        assertThat(ingest("file", 3)).containsExactly("file 2 1");
    }

    /** Seeded: lines of two sources that come in any order and in any pieces. */
    @Test
    void thePiecesInWhichLinesAreWrittenDoNotMatter() throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            List<HealthEvent> events = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String at = "%05.2f %s".formatted(random.nextInt(5900) / 100.0, i % 2 == 0 ? "down" : "up");
                events.add(event("udp", null, at, 0));
                if (random.nextInt(5) > 0) {
                    events.add(event("file", null, at.substring(0, 2) + at.substring(5), 0));
                }
            }
            List<String> expected = repeats(folder.resolve(seed + "-once.duckdb"), events, events.size());
            Collections.shuffle(events, random);
            assertThat(repeats(folder.resolve(seed + "-pieces.duckdb"), events, 1 + random.nextInt(9)))
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .isEqualTo(expected);
        }
    }

    private List<String> repeats(Path file, List<HealthEvent> events, int piece) throws Exception {
        try (Warehouse warehouse = Warehouses.open(file, ZoneOffset.UTC)) {
            for (int i = 0; i < events.size(); i += piece) {
                Batch few = new Batch();
                events.subList(i, Math.min(events.size(), i + piece)).forEach(event -> add(few, event));
                warehouse.write(few);
            }
            return rows(warehouse, "select source || ' ' || position from store.repeats order by all");
        }
    }

    private List<String> rows(String sql) throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            return rows(warehouse, sql);
        }
    }

    private static List<String> rows(Warehouse warehouse, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private void say(String source, String what) {
        say(source, null, what);
    }

    private void say(String source, @Nullable String sender, String what) {
        add(batch, event(source, sender, what, 0));
    }

    /** {@code message repeated N times}. */
    private void expand(String source, String what, int times) {
        long line = position;
        for (int i = 1; i <= times; i++) {
            position = line;
            add(batch, event(source, null, what, i));
        }
    }

    private static void add(Batch to, HealthEvent event) {
        to.add(
                Topics.EVENTS,
                0,
                event.origin().position(),
                event.key().toString().getBytes(StandardCharsets.UTF_8),
                JsonSerde.of(HealthEvent.class).serialize("", event));
    }

    private HealthEvent event(String source, @Nullable String sender, String what, int repeat) {
        String[] words = what.split(" ");
        String seconds = words[0].contains(".") ? words[0] : words[0] + ".0";
        Instant at = Instant.parse("2026-11-23T00:00:" + seconds + "Z");
        Transition transition = words[1].equals("up") ? Transition.UP : Transition.DOWN;
        boolean check = words[1].equals("check");
        HealthMessage message = check
                ? new CheckResult(SERVER, false, false, CheckResult.Outcome.FAILED, null, 0, 2, null, false, null)
                : new ServerSwitch(
                        SERVER, false, transition, null, null, null, null, null, null, null, null, false, null, null);
        return new HealthEvent(
                at,
                words[0].contains("."),
                at,
                "lb1",
                4043L,
                "haproxy",
                null,
                message,
                new LineFrame(header, null, null),
                new Origin(source, position++, repeat, sender));
    }

    /** {@code source events repeats} of each; the parts add up to what was received. */
    private List<String> ingest(Object... sources) throws Exception {
        for (int i = 0; i < sources.length; i += 2) {
            String source = (String) sources[i];
            int events = (int) sources[i + 1];
            ReadPosition read = new ReadPosition(
                    source,
                    null,
                    1,
                    Instant.EPOCH,
                    true,
                    events + 10,
                    events,
                    7,
                    2,
                    0,
                    1,
                    null,
                    null,
                    Map.of(),
                    new Arrivals(4, Map.of(), Map.of(), List.of(), Map.of()));
            batch.add(
                    Topics.POSITIONS,
                    0,
                    i,
                    source.getBytes(StandardCharsets.UTF_8),
                    JsonSerde.of(ReadPosition.class).serialize("", read));
        }
        List<String> rows = new ArrayList<>();
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(batch);
            try (Connection connection = warehouse.read();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select source, events, repeats, received = events + traffic"
                                    + " + \"foreign\" + repeats + rejected + unknown_header + waiting as adds_up from ingest order by source")) {
                while (row.next()) {
                    assertThat(row.getBoolean("adds_up")).isTrue();
                    rows.add(row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3));
                }
            }
        }
        return rows;
    }
}
