package io.risefall.query.alert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.query.text.PrettyJson;
import io.risefall.schemas.suite.Length;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random histories: what must be true of every one. */
class AlertHistoriesTest {
    private static final int HISTORIES = Length.of(60, 3000);
    private static final List<String> ENDS = List.of("up", "up", "up", "maintenance", "unknown", "retracted");

    private static List<TroubleChange> history(Random random) {
        List<TroubleChange> changes = new ArrayList<>();
        Map<String, Instant> free = new HashMap<>();
        int count = 20 + random.nextInt(200);
        long second = 0;
        for (int i = 0; i < count; i++) {
            second += random.nextInt(random.nextInt(4) == 0 ? 900 : 15);
            Kind kind = Kind.values()[Math.min(Kind.values().length - 1, Math.max(0, random.nextInt(14) - 8))];
            String proxy = "app" + random.nextInt(3);
            String server = kind == Kind.DOWN || kind == Kind.FLAPPING ? "srv" + random.nextInt(4) : "";
            boolean placeless = kind == Kind.SILENT || kind == Kind.PIPELINE;
            String node = kind == Kind.PIPELINE ? "" : "lb" + random.nextInt(2);
            Instant from = AlertStory.DAY.plusSeconds(second);
            String place = kind + node + (placeless ? "" : proxy) + server;
            if (free.getOrDefault(place, Instant.MIN).isAfter(from)) {
                continue;
            }
            Trouble trouble = new Trouble(
                    kind,
                    "t" + i,
                    node,
                    placeless ? "" : proxy,
                    server,
                    from,
                    from,
                    "L4CON",
                    null,
                    proxy.equals("app2") && !placeless,
                    10_000);
            changes.add(TroubleChange.lasts(trouble));
            Instant end = from.plusSeconds(1 + random.nextInt(random.nextInt(3) == 0 ? 7200 : 40));
            free.put(place, end.plusSeconds(1));
            if (random.nextInt(20) > 0) {
                changes.add(TroubleChange.over(trouble, end, ENDS.get(random.nextInt(ENDS.size()))));
            } else {
                free.put(place, Instant.MAX);
            }
        }
        changes.sort(Comparator.comparing(AlertReplay::time));
        return changes;
    }

    private static Instant end(List<TroubleChange> history) {
        return AlertReplay.time(history.get(history.size() - 1)).plusSeconds(7200);
    }

    private static List<AlertMessage> told(List<TroubleChange> history) {
        List<AlertMessage> messages = new ArrayList<>();
        AlertReplay replay = new AlertReplay(new AlertBook(AlertSettings.DEFAULTS, List.of()), messages::add);
        history.forEach(replay::take);
        replay.until(end(history));
        return messages;
    }

    @Test
    void alertsOpenAndCloseInTurnWithoutGapsAndNeverShareAServer() {
        int closed = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Map<String, AlertMessage> last = new LinkedHashMap<>();
            Map<String, String> holder = new HashMap<>();
            for (AlertMessage message : told(history(new Random(seed)))) {
                AlertMessage before = last.put(message.alertId(), message);
                assertThat(message.sequence())
                        .as("seed %d", seed)
                        .isEqualTo(before == null ? 1 : before.sequence() + 1);
                boolean opens = before == null || before.isOver();
                assertThat(message.transition() == AlertTransition.OPENED
                                || message.transition() == AlertTransition.FLAPPING)
                        .as("seed %d: %s", seed, message)
                        .isEqualTo(opens || message.transition() == AlertTransition.FLAPPING);
                for (AlertServer server : message.servers()) {
                    assertThat(holder.getOrDefault(server.name(), message.alertId()))
                            .as("seed %d: %s", seed, server)
                            .isEqualTo(message.alertId());
                    if (message.isOver()) {
                        holder.remove(server.name());
                    } else {
                        holder.put(server.name(), message.alertId());
                    }
                }
                closed += message.isOver() ? 1 : 0;
                assertThat(message.isOver()).isEqualTo(message.endedAt() != null);
                assertThat(message.servers()).noneMatch(server -> server.proxy().equals("app2"));
            }
        }
        assertThat(closed).isGreaterThan(HISTORIES);
    }

    /** What is asked again, in any pieces, and stops and goes on from what it had stored, says the same. */
    @Test
    void piecesAndRestartsChangeNothing() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<TroubleChange> history = history(new Random(seed));
            Random cuts = new Random(-seed);
            List<AlertMessage> messages = new ArrayList<>();
            AlertBook book = new AlertBook(AlertSettings.DEFAULTS, List.of());
            Map<String, TroubleChange> lasting = new LinkedHashMap<>();
            Instant at = AlertStory.DAY;
            int next = 0;
            while (next < history.size()) {
                Instant time = AlertReplay.time(history.get(next));
                passBefore(book, time, cuts, messages);
                List<TroubleChange> together = new ArrayList<>();
                for (;
                        next < history.size()
                                && AlertReplay.time(history.get(next)).equals(time);
                        next++) {
                    TroubleChange change = history.get(next);
                    together.add(change);
                    if (change.endedAt() == null) {
                        lasting.put(change.trouble().id(), change);
                    } else {
                        lasting.remove(change.trouble().id());
                    }
                }
                messages.addAll(book.on(together, time));
                if (cuts.nextInt(3) == 0) {
                    book = new AlertBook(AlertSettings.DEFAULTS, throughJson(book));
                    // As the warehouse is read anew; what is known already changes nothing.
                    messages.addAll(book.on(lasting.values(), time));
                }
                at = time;
            }
            passBefore(book, end(history), cuts, messages);
            assertThat(at).isBefore(end(history));
            assertThat(messages).as("seed %d", seed).isEqualTo(told(history));
        }
    }

    private static void passBefore(AlertBook book, Instant end, Random cuts, List<AlertMessage> messages) {
        for (Instant due = book.nextDue(); due != null && due.isBefore(end); due = book.nextDue()) {
            messages.addAll(book.on(List.of(), due));
            if (cuts.nextBoolean()) {
                messages.addAll(book.on(List.of(), due));
            }
        }
    }

    private static List<StoredAlert> throughJson(AlertBook book) throws Exception {
        List<StoredAlert> stored = new ArrayList<>();
        for (StoredAlert alert : book.stored()) {
            stored.add(PrettyJson.read(PrettyJson.of(alert).getBytes(StandardCharsets.UTF_8), StoredAlert.class));
        }
        return stored;
    }

    /** What was stored one by one is all that may still speak. */
    @Test
    void whatHasChangedIsStored() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<TroubleChange> history = history(new Random(seed));
            AlertBook book = new AlertBook(AlertSettings.DEFAULTS, List.of());
            Map<String, StoredAlert> table = new HashMap<>();
            Set<String> said = new HashSet<>();
            for (TroubleChange change : history) {
                book.on(List.of(change), AlertReplay.time(change)).forEach(message -> said.add(message.alertId()));
                book.changed(true).forEach(alert -> table.put(alert.id(), alert));
                table.values().removeIf(StoredAlert::gone);
                assertThat(table.values()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(book.stored());
            }
            assertThat(said).isNotEmpty();
        }
    }
}
