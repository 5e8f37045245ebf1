package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.query.explain.subject.DayColumn;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every number of the views over logs of a real HAProxy, in two forms each, is explained: the arithmetic gives what the view
 * says, and each line stands in its file where the explanation says. Without the profile {@code long} one in so many of
 * them is.
 */
@RealParts
@Timeout(3600)
class ExplainCorpusTest {
    private static final List<String> RUNS = List.of(
            "reasons-2.6", "maintenance-3.5-dev5", "tracked-2.6", "reload-2.6", "agent-3.5-dev5", "injection-2.6");

    private static final List<String> FORMS = List.of("udp-rfc5424.log", "rsyslog-traditional.log");

    /** Of today: they grow between two questions, so that only the explanation's own view of them can be held against it. */
    private static final Set<String> GROWING =
            Set.of("unknown_ms", "availability_low", "availability_high", "flapping_ms");

    /** One number in so many: enough to meet all kinds. */
    private static final int EVERY = Length.of(5, 1);

    /** Of the days of another zone, one in so many. */
    private static final int EVERY_OF_ZONE = 5 * EVERY;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();
    private final Map<String, RandomAccessFile> files = new HashMap<>();
    private RunningRisefall risefall;
    private int days;
    private int asked;
    private int numbers;
    private int lines;

    @Test
    void everyNumberIsMadeOfLinesThatAreThere() throws Exception {
        try (RunningRisefall running = RunningRisefall.start(folder.resolve("data"))) {
            risefall = running;
            load();
            days();
            outages();
            others();
            reasons();
        }
        System.out.println(asked + " questions explained " + numbers + " numbers with " + lines + " lines");
        assertThat(problems).isEmpty();
        assertThat(days).as("days with a column alone").isGreaterThanOrEqualTo(DayColumn.values().length);
        assertThat(numbers).isGreaterThan(1000 / EVERY);
        assertThat(lines).isGreaterThan(1000 / EVERY);
    }

    private void load() throws Exception {
        List<FileSource> sources = new ArrayList<>();
        for (String name : RUNS) {
            Corpus.Scenario run = Corpus.scenario(name);
            Path host = Files.createDirectories(folder.resolve(name));
            ZoneId zone = ZoneId.of(run.truth().get("tz").asText());
            for (String form : FORMS) {
                Path file = Files.write(host.resolve(form), run.log(form));
                sources.add(new FileSource(file, new LineDefaults(name, zone, null, Set.of())));
            }
        }
        risefall.load(sources);
    }

    private void days() throws IOException {
        for (String zone : List.of("UTC", "Asia/Kathmandu")) {
            int nr = 0;
            for (JsonNode row : rows("from server_day_in('" + zone + "')")) {
                nr++;
                if (nr % (zone.equals("UTC") ? EVERY : EVERY_OF_ZONE) == 0) {
                    day(row, zone);
                }
            }
        }
    }

    private void day(JsonNode row, String zone) throws IOException {
        String asked = row.get("day").asText() + " " + row.get("node").asText() + " "
                + row.get("proxy").asText() + "/" + row.get("server").asText();
        JsonNode explanation = explain(asked, "--zone", zone);
        check(asked, explanation);
        for (JsonNode sum : explanation.get("sums")) {
            String column = sum.get("name").asText();
            if (!GROWING.contains(column) && !sum.get("stated").equals(row.get(column))) {
                problem(asked + " " + column, sum + " and the view " + row.get(column));
            }
        }
        // Alone a column has other parts; in turn, so that each comes often enough.
        String column = DayColumn.values()[days++ % DayColumn.values().length].word();
        check(asked + " " + column, explain(asked + " " + column, "--zone", zone));
    }

    private void outages() throws IOException {
        // The first of each kind, and then some in so many.
        for (JsonNode row : rows("select * from outages qualify row_number() over"
                + " (partition by node, ended_by, certain, joined, via is null order by outage_id) % " + 2 * EVERY
                + " = 1")) {
            String id = row.get("outage_id").asText();
            JsonNode explanation = explain(id);
            check(id, explanation);
            if (!explanation.get("sums").get(0).get("stated").equals(row.get("duration_ms"))) {
                problem(id, "duration " + row);
            }
            long counting = 0;
            Set<String> whys = new HashSet<>();
            for (JsonNode line : explanation.get("parts").get(0).get("lines")) {
                counting += line.get("counts").asBoolean() ? 1 : 0;
                whys.add(line.get("why").asText());
            }
            boolean certain = row.get("certain").asBoolean();
            if (counting == 0) {
                problem(id, "no line");
            }
            if (certain && whys.stream().noneMatch(why -> why.contains("started_at"))) {
                problem(id, "certain, but no line shows its start " + row + " " + explanation);
            }
            if (certain && !row.get("ended_at").isNull() && whys.stream().noneMatch(why -> why.contains("ended_at"))) {
                problem(id, "certain, but no line shows its end " + row + " " + explanation);
            }
            if (!certain && explanation.get("parts").get(0).get("words").isEmpty()) {
                problem(id, "not certain, and nothing says why");
            }
        }
    }

    private void others() throws IOException {
        for (String ids : List.of(
                "select incident_id as id from incidents qualify row_number() over (partition by nodes order by 1) % "
                        + (EVERY + 1) / 2 + " = 0",
                "select backend_outage_id as id from backend_outages qualify row_number() over (order by 1) % "
                        + 4 * EVERY + " = 0")) {
            for (JsonNode row : rows(ids)) {
                String id = row.get("id").asText();
                check(id, explain(id));
            }
        }
    }

    private void reasons() throws IOException {
        int nr = 0;
        // The first of each reason, and then one in so many.
        for (JsonNode row : rows("select *, strftime(hour, '%Y-%m-%dT%H:%MZ') as asked from reasons_hour"
                + " qualify (row_number() over (partition by node, reason, code order by hour, proxy, server) - 1) % "
                + EVERY + " = 0")) {
            // One of the three in turn: there are many rows of each kind.
            String column = ExplainTarget.REASON_COLUMNS.get(nr++ % ExplainTarget.REASON_COLUMNS.size());
            String asked = row.get("asked").asText() + " " + row.get("node").asText() + " "
                    + row.get("proxy").asText() + "/" + row.get("server").asText() + " "
                    + row.get("reason").asText() + " "
                    + (row.get("code").isNull()
                            ? ExplainTarget.WITHOUT
                            : row.get("code").asText()) + " " + column;
            JsonNode explanation = explain(asked);
            check(asked, explanation);
            if (!explanation.get("sums").get(0).get("stated").equals(row.get(column))) {
                problem(asked, explanation.get("sums") + " and the view " + row.get(column));
            }
        }
    }

    /** Every sum agrees, and every line is the file's at its position. */
    private void check(String asked, JsonNode explanation) throws IOException {
        for (JsonNode sum : explanation.get("sums")) {
            numbers++;
            if (!sum.get("agrees").asBoolean()) {
                problem(asked, sum.toString());
            }
        }
        for (JsonNode part : explanation.get("parts")) {
            for (JsonNode line : part.get("lines")) {
                lines++;
                String there =
                        lineAt(line.get("source").asText(), line.get("position").asLong());
                if (!there.equals(line.get("line").asText())) {
                    problem(asked, line + " but there stands " + there);
                }
            }
        }
    }

    private String lineAt(String source, long position) throws IOException {
        RandomAccessFile file = files.get(source);
        if (file == null) {
            file = new RandomAccessFile(source.replaceFirst("^file:", ""), "r");
            files.put(source, file);
        }
        file.seek(position);
        String line = file.readLine();
        return line == null ? "" : new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void problem(String asked, String what) {
        if (problems.size() < 200) {
            problems.add(asked + ": " + what);
        }
    }

    private JsonNode explain(String asked, String... options) throws IOException {
        this.asked++;
        List<String> command = new ArrayList<>(List.of("explain", "--format", "json", asked));
        command.addAll(List.of(options));
        return JSON.readTree(risefall.must(command.toArray(new String[0])));
    }

    private JsonNode rows(String sql) throws IOException {
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }
}
