package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.compare.ReportedRows;
import io.risefall.app.truth.haproxy.PlayedService;
import io.risefall.app.truth.haproxy.Stage;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code whatif} says of other values, against a HAProxy that ran with them: several run at once, with different fall
 * and rise, and the same answers to their checks. From the log of each the outages of each other one are predicted.
 */
@RealParts
class HaproxyWhatIfTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int INTERVAL = 100;
    private static final int SERVERS = 6;
    /** A state that is not known is known again after so many checks. */
    private static final int AROUND = 12;

    private static final int LAST = 10_000;
    private static final List<Values> RUNS = List.of(new Values(2, 2), new Values(4, 2), new Values(3, 4));

    @TempDir
    Path folder;

    private record Values(int fall, int rise) {
        String node() {
            return "fall" + fall + "-rise" + rise;
        }
    }

    @Test
    void predictsWhatAnotherHaproxyDid() throws Exception {
        Programs.find("haproxy");
        Map<Values, List<PlayedService>> services = new LinkedHashMap<>();
        Map<Values, Stage> stages = new LinkedHashMap<>();
        try {
            for (Values values : RUNS) {
                Stage stage = new Stage(folder.resolve(values.node()), 0);
                stages.put(values, stage);
                services.put(values, play(stage, values));
            }
            try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
                await().atMost(PATIENCE)
                        .until(() -> services.values().stream()
                                .flatMap(List::stream)
                                .allMatch(service -> service.isOver(8)));
                List<FileSource> logs = new ArrayList<>();
                for (Map.Entry<Values, Stage> stage : stages.entrySet()) {
                    stage.getValue().truth();
                    stage.getValue()
                            .precise()
                            .forEach(file -> logs.add(new FileSource(
                                    file, new LineDefaults(stage.getKey().node(), ZoneOffset.UTC, null, Set.of()))));
                }
                risefall.load(logs);
                Tally tally = new Tally();
                for (Values was : RUNS) {
                    for (Values other : RUNS) {
                        if (!was.equals(other)) {
                            compare(risefall, was, other, services, tally);
                        }
                    }
                }
                System.out.println(tally);
                assertThat(tally.avoided).isPositive();
                assertThat(tally.kept).isPositive();
                assertThat(tally.added).isPositive();
                assertThat(tally.unknown).isLessThanOrEqualTo((tally.avoided + tally.kept + tally.added) / 10);
            }
        } finally {
            for (Stage stage : stages.values()) {
                stage.close();
            }
        }
    }

    private static List<PlayedService> play(Stage stage, Values values) throws Exception {
        StringBuilder section = new StringBuilder("backend app\n    timeout connect 10s\n    timeout check 10s\n");
        List<PlayedService> services = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            PlayedService service = stage.part(new PlayedService(script(i)));
            services.add(service);
            section.append("    server s%d 127.0.0.1:%d check inter %dms fall %d rise %d\n"
                    .formatted(i, service.port(), INTERVAL, values.fall, values.rise));
        }
        stage.start(1, section.toString());
        return services;
    }

    private static String script(int seed) {
        Random random = new Random(seed);
        StringBuilder checks = new StringBuilder("PPPPPP");
        for (int run = 0; run < 12; run++) {
            checks.append("F".repeat(1 + random.nextInt(6))).append("P".repeat(1 + random.nextInt(7)));
        }
        return checks.append("PPPPPP").toString();
    }

    private static void compare(
            RunningRisefall risefall, Values was, Values other, Map<Values, List<PlayedService>> services, Tally tally)
            throws Exception {
        JsonNode answer = new ObjectMapper()
                .readTree(risefall.must(
                        "whatif",
                        "--fall",
                        String.valueOf(other.fall),
                        "--rise",
                        String.valueOf(other.rise),
                        "--node",
                        was.node(),
                        "--since",
                        "1h",
                        "--inter",
                        INTERVAL + "ms",
                        "--format",
                        "json"));
        List<JsonNode> outages = new ArrayList<>();
        ReportedRows.rows(
                        risefall,
                        "select server, started_at, ended_at from outages where node = '" + other.node()
                                + "' order by started_at")
                .forEach(outages::add);
        List<JsonNode> explained = new ArrayList<>();
        for (JsonNode one : answer.get("outages")) {
            String what = was + " to " + other + ": " + one;
            int server = Integer.parseInt(one.get("server").asText().substring(1));
            PlayedService before = services.get(was).get(server);
            PlayedService after = services.get(other).get(server);
            int first = before.check(time(one.get("lines").get(0).get("at")));
            JsonNode last = one.get("lines").get(one.get("lines").size() - 1);
            int end = last.get("what").asText().equals("up") ? before.check(time(last.get("at"))) : LAST;
            List<JsonNode> real = outages.stream()
                    .filter(outage -> outage.get("server").asText().equals("s" + server))
                    .filter(outage -> after.check(time(outage.get("started_at"))) <= end
                            && (outage.get("ended_at").isNull() || after.check(time(outage.get("ended_at"))) > first))
                    .toList();
            if (!keptTheInterval(before, first, end)) {
                tally.late++;
                explained.addAll(real);
                continue;
            }
            switch (one.get("fate").asText()) {
                case "avoided" -> assertThat(real).as(what).isEmpty();
                case "kept", "added" -> assertThat(real).as(what).isNotEmpty();
                default -> {}
            }
            tally.add(one.get("fate").asText());
            if (one.get("fate").asText().equals("kept")
                    && !one.get("down_later_least_ms").isNull()) {
                int checks =
                        after.check(time(real.get(0).get("started_at"))) - before.check(time(one.get("started_at")));
                // An interval is never shorter than is configured, and longer where the machine is busy.
                long at = one.get("down_later_least_ms").asLong();
                assertThat(Math.round(at / (double) INTERVAL))
                        .as(what)
                        .isBetween(Math.min(checks, 2L * checks), Math.max(checks, 2L * checks));
            }
            explained.addAll(one.get("fate").asText().equals("avoided") ? List.of() : real);
        }
        outages.removeIf(outage -> {
            int server = Integer.parseInt(outage.get("server").asText().substring(1));
            int check = services.get(other).get(server).check(time(outage.get("started_at")));
            return !keptTheInterval(services.get(was).get(server), check, check);
        });
        assertThat(explained).as(was + " to " + other).containsAll(outages);
    }

    /** Where a busy machine made HAProxy check late, what --inter says of it is not true: nothing follows. */
    private static boolean keptTheInterval(PlayedService service, int first, int last) {
        return service.longestGap(first - AROUND, last + AROUND).toMillis() < INTERVAL * 3 / 2;
    }

    /** A little later, as the two clocks are not read at once. */
    private static Instant time(JsonNode at) {
        return OffsetDateTime.parse(at.asText()).toInstant().plusMillis(INTERVAL / 5);
    }

    private static final class Tally {
        int avoided;
        int kept;
        int added;
        int unknown;
        int late;

        void add(String fate) {
            switch (fate) {
                case "avoided" -> avoided++;
                case "kept" -> kept++;
                case "added" -> added++;
                default -> unknown++;
            }
        }

        @Override
        public String toString() {
            return "whatif: " + avoided + " avoided, " + kept + " kept, " + added + " added, " + unknown + " not told; "
                    + late + " left out, as checks were late";
        }
    }
}
