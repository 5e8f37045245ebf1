package io.risefall.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.schemas.suite.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import says of a file is true of it, and no health sentence goes unmentioned. */
@RealParts
class ImportHintsTest {
    private static final String REST = " 0 sessions active, 0 requeued, 0 remaining in queue.";
    private static final String DOWN =
            "Server web/s1 is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers left."
                    + REST;
    private static final String LAST_DOWN = DOWN.replace("1 active", "0 active");
    private static final String UP =
            "Server web/s1 is UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online."
                    + " 0 sessions requeued, 0 total in queue.";
    private static final String EMPTY = "backend web has no server available!";
    private static final String TRAFFIC = "192.0.2.1:4711 [23/Nov/2025:00:21:56.466] www web/s1 0/0/0/1/1 200";
    private static final String HEADER = "Nov 23 00:21:56 lb1 haproxy[7]: ";

    private static final String ONLY_TRAFFIC = "this file has only HAProxy's traffic log";
    private static final String NAME_THE_TAG = "give it with --tag";
    private static final String NAME_THE_TAGS = "--tag haproxy --tag edge";
    private static final String UNKNOWN = "a header that Risefall does not know, such as: ";
    private static final String NO_HEADER = "no line has a known header";
    private static final String UNREADABLE = "to see the rejected lines and why";
    private static final String SENTENCES = "contain a health message at a traffic severity";
    private static final String CAPPED = "appear to be capped at";
    private static final List<String> HINTS = List.of(
            ONLY_TRAFFIC,
            NAME_THE_TAG,
            NAME_THE_TAGS,
            UNKNOWN,
            NO_HEADER,
            UNREADABLE,
            SENTENCES,
            CAPPED,
            "it is empty");

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    private record Situation(List<String> lines, String counts, List<String> hints) {}

    @Test
    void eachHintIsSaidWhereItIsTrue() throws Exception {
        Map<String, Situation> situations = new LinkedHashMap<>();
        situations.put("empty", new Situation(List.of(), "0 lines: 0 health events", List.of("it is empty")));
        situations.put(
                "traffic",
                new Situation(List.of(HEADER + TRAFFIC), "1 lines: 0 health events, 1 traffic", List.of(ONLY_TRAFFIC)));
        situations.put(
                "planted",
                new Situation(
                        List.of(HEADER + TRAFFIC + " \"GET /" + DOWN),
                        "1 lines: 0 health events",
                        List.of(ONLY_TRAFFIC)));
        situations.put(
                "others",
                new Situation(
                        List.of("Nov 23 00:21:56 lb1 sshd[7]: hello"), "1 from other programs", List.of(NAME_THE_TAG)));
        situations.put("text", new Situation(List.of("hello", "world"), "2 from other programs", List.of(NO_HEADER)));
        situations.put(
                "edge",
                new Situation(
                        List.of(HEADER + TRAFFIC, "Nov 23 00:21:56 lb1 edge[7]: " + DOWN),
                        "1 traffic, 0 from other programs, 0 rejected, 1 health messages with an unknown header",
                        List.of(NAME_THE_TAGS)));
        situations.put(
                "unknown",
                new Situation(
                        List.of("%% lb1 %% " + DOWN, "%% lb2 %% " + UP),
                        "0 traffic, 0 from other programs, 0 rejected, 2 health messages with an unknown header",
                        List.of(UNKNOWN)));
        situations.put(
                "mixed",
                new Situation(
                        List.of(HEADER + TRAFFIC, "%% lb1 %% " + DOWN, "hello"),
                        "1 traffic, 1 from other programs, 0 rejected, 1 health",
                        List.of(UNKNOWN)));
        situations.put(
                "rejected",
                new Situation(
                        List.of(HEADER + "Server web/s1 is DO"),
                        "0 traffic, 0 from other programs, 1 rejected",
                        List.of(UNREADABLE)));
        situations.put(
                "sentence",
                new Situation(
                        List.of("<134>" + HEADER + TRAFFIC, "<134>" + HEADER + DOWN),
                        "0 health events, 2 traffic",
                        List.of(SENTENCES)));
        situations.put(
                "capped",
                new Situation(
                        List.of("<133>" + HEADER + LAST_DOWN, "<133>" + HEADER + EMPTY, "<133>" + HEADER + UP),
                        "3 health events, 0 traffic",
                        List.of(CAPPED + " notice")));
        situations.put(
                "info",
                new Situation(
                        List.of("<134>" + HEADER + LAST_DOWN, "<134>" + HEADER + EMPTY, "<134>" + HEADER + TRAFFIC),
                        "2 health events, 1 traffic",
                        List.of(CAPPED + " info")));
        situations.put(
                "unit",
                new Situation(
                        List.of("<30>" + HEADER + "[WARNING]  (10) : " + DOWN, "<30>" + HEADER + TRAFFIC),
                        "1 health events, 1 traffic",
                        List.of()));
        situations.put("health", new Situation(List.of(HEADER + DOWN), "1 health events, 0 traffic", List.of()));

        String data = temp.resolve("data").toString();
        String[] arguments = new String[situations.size() + 5];
        arguments[0] = "import";
        arguments[1] = "--data";
        arguments[2] = data;
        arguments[3] = "--year";
        arguments[4] = "2025";
        int next = 5;
        for (Map.Entry<String, Situation> one : situations.entrySet()) {
            arguments[next++] = write(one.getKey(), one.getValue().lines()).toString();
        }
        assertThat(risefall.run(arguments)).as(risefall.err()).isZero();
        String said = risefall.err();
        situations.forEach((name, situation) -> {
            String ofFile = ofFile(said, name);
            assertThat(ofFile).as(name).contains(situation.counts());
            for (String hint : HINTS) {
                boolean wanted = situation.hints().stream().anyMatch(one -> one.startsWith(hint));
                assertThat(ofFile.contains(hint))
                        .as("%s: %s%n%s", name, hint, ofFile)
                        .isEqualTo(wanted);
            }
            assertThat(situation.hints()).allSatisfy(hint -> assertThat(ofFile).contains(hint));
        });
        viewsAndReportTellOfThem(data);
        checkConfigTellsOfThem();
    }

    private void viewsAndReportTellOfThem(String data) {
        risefall.run(
                "query",
                "--data",
                data,
                "--format",
                "csv",
                "SELECT count(*) FROM ingest WHERE lines <> events + traffic + \"foreign\" + repeats + rejected"
                        + " + unknown_header");
        assertThat(risefall.out().lines().toList().get(1)).isEqualTo("0");
        risefall.run(
                "query",
                "--data",
                data,
                "--format",
                "csv",
                "SELECT parse_filename(source, true), unknown_header, level_cap FROM ingest"
                        + " WHERE unknown_header > 0 OR level_cap IS NOT NULL ORDER BY 1");
        assertThat(risefall.out().lines().skip(1))
                .containsExactly("capped,0,notice", "edge,1,", "info,0,info", "mixed,1,", "unknown,2,");
        risefall.run(
                "query",
                "--data",
                data,
                "--format",
                "csv",
                "SELECT trim(shape), lines, tag FROM unknown_headers ORDER BY ALL");
        assertThat(risefall.out().lines().skip(1)).containsExactly("%% aN %%,1,", "%% aN %%,2,", "edge,1,edge");
        risefall.run("report", "--data", data, "--date", "2025-11-23");
        String words = risefall.out().replaceAll("\\s+", " ");
        assertThat(words)
                .contains("4 health messages have a header that Risefall does not know, such as: %% lb1 %% Server")
                .contains("capped at notice, as by")
                .contains("capped at info, as by");
    }

    private void checkConfigTellsOfThem() throws Exception {
        Path config = temp.resolve("risefall.yaml");
        Files.writeString(
                config,
                "sources:\n  - tail: [" + temp.resolve("unknown.log") + ", " + temp.resolve("traffic.log") + "]"
                        + "\n  - tail: ['" + temp + "/edg*.log']\n");
        assertThat(risefall.run("check-config", "--config", config.toString()))
                .as(risefall.err())
                .isZero();
        assertThat(risefall.out())
                .contains("unknown.log, in a sample of its lines: 2 health messages have a header")
                .contains("edge.log, in a sample of its lines: 1 health message has a tag")
                .doesNotContain("traffic.log, at its beginning");
    }

    private Path write(String name, List<String> lines) throws Exception {
        Path file = temp.resolve(name + ".log");
        // What begins like another file is left out as read before.
        String port = ":" + (5000 + name.hashCode() % 1000);
        List<String> own =
                lines.stream().map(line -> line.replace(":4711", port)).toList();
        return Files.write(file, own, StandardCharsets.UTF_8);
    }

    private String ofFile(String said, String name) {
        int from = said.indexOf(temp.resolve(name + ".log") + ": ");
        assertThat(from).as(name).isNotNegative();
        int to = said.indexOf('\n' + temp.toString(), from);
        return said.substring(from, to < 0 ? said.length() : to);
    }
}
