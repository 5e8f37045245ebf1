package io.risefall.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Arrivals;
import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.JsonSerde;
import io.risefall.schemas.Origin;
import io.risefall.schemas.ReadPosition;
import io.risefall.schemas.ServerName;
import io.risefall.schemas.ServerSwitch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.Transition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines repeat others, in the view {@code ingest}. */
class RepeatsTest {
    @TempDir
    Path folder;

    private final Batch batch = new Batch();
    private long position;

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

    private void say(String source, String what) {
        String[] words = what.split(" ");
        String seconds = words[0].contains(".") ? words[0] : words[0] + ".0";
        Instant at = Instant.parse("2026-11-23T00:00:" + seconds + "Z");
        Transition transition = words[1].equals("up") ? Transition.UP : Transition.DOWN;
        HealthEvent event = new HealthEvent(
                at,
                words[0].contains("."),
                at,
                "lb1",
                4043L,
                "haproxy",
                null,
                new ServerSwitch(
                        new ServerName("app", "srv1"),
                        false,
                        transition,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null),
                "Server app/srv1 is " + words[1].toUpperCase(Locale.ROOT) + ".",
                "line",
                new Origin(source, position++, 0, null));
        batch.add(
                Topics.EVENTS,
                0,
                position,
                event.key().toString().getBytes(StandardCharsets.UTF_8),
                JsonSerde.of(HealthEvent.class).serialize("", event));
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
                    new Arrivals(4, Map.of(), List.of(), Map.of()));
            batch.add(
                    Topics.POSITIONS,
                    0,
                    i,
                    source.getBytes(StandardCharsets.UTF_8),
                    JsonSerde.of(ReadPosition.class).serialize("", read));
        }
        List<String> rows = new ArrayList<>();
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(batch);
            try (Connection connection = warehouse.read();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select source, events, repeats, received = events + traffic"
                            + " + \"foreign\" + repeats + rejected + waiting as adds_up from ingest order by source")) {
                while (row.next()) {
                    assertThat(row.getBoolean("adds_up")).isTrue();
                    rows.add(row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3));
                }
            }
        }
        return rows;
    }
}
