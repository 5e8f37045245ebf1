package io.risefall.query.report;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.ServersAtEnd;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.report.text.DayText;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Millis;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A report agrees with itself, over its formats and sections, and with the views. */
@Slow
class ReportAgreesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Names that no format writes in another way, nor breaks. */
    private static final Pattern PLAIN = Pattern.compile("[a-z_0-9/]{1,25}");

    @Test
    void examples() throws Exception {
        agree(true, ExampleDays.hardDay());
        agree(ExampleDays.fourteenServers());
        agree(ExampleDays.oneMinute());
        agree(ExampleDays.leaders());
        agree(ExampleDays.threeNodes());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomFleets(long seed) throws Exception {
        Random random = new Random(seed);
        History[] nodes = new History[1 + random.nextInt(4)];
        for (int n = 0; n < nodes.length; n++) {
            // Some logs end early.
            nodes[n] = new History("lb" + (n + 1), DAY, BERLIN)
                    .readUntil(random.nextInt(3) == 0 ? "%02d:30:00.%03d".formatted(14 + n, n) : "1 08:30");
            for (int s = 0; s < 6; s++) {
                if (random.nextInt(5) > 0) {
                    story(nodes[n], "be_%d/s%d".formatted(s % 2, s), new Random(seed * 31 + s), random);
                }
            }
        }
        agree(true, nodes);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Length.of(1, 10));
    }

    /** One server as one node sees it: {@code common} is the same for all nodes, {@code own} is not. */
    private static void story(History history, String name, Random common, Random own) {
        History.Line line = history.server(name).up("-1 08:00");
        Instant at = history.at("-1 20:00");
        Instant end = history.readUntil.minusSeconds(1);
        while (true) {
            at = at.plusMillis(common.nextInt(9_000_000));
            Duration length = Duration.ofMillis(1 + common.nextInt(common.nextInt(4) == 0 ? 9_000_000 : 30_000));
            Instant down = at.plusMillis(own.nextInt(4_000));
            Instant up = at.plus(length).plusMillis(4_001 + own.nextInt(4_000));
            at = up.plusSeconds(12);
            if (!up.isBefore(end)) {
                break;
            }
            if (own.nextInt(6) > 0) {
                line.down(down, common.nextBoolean() ? ExampleDays.REFUSED : ExampleDays.STATUS_503)
                        .up(up);
            }
        }
        line.open();
    }

    private static void agree(History... nodes) throws Exception {
        agree(Length.isLong(), nodes);
    }

    /** @param alsoBeside the days before and after, of which there is less to say */
    private static void agree(boolean alsoBeside, History... nodes) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(nodes);
                Connection views = warehouse.views()) {
            agree(views, DAY, LATER);
            agree(views, DAY, nodes[0].at("15:00"));
            if (alsoBeside) {
                agree(views, DAY.minusDays(1), LATER);
                agree(views, DAY.plusDays(1), LATER);
            }
        }
    }

    private static void agree(Connection views, LocalDate day, Instant now) throws Exception {
        DayReport report = DayReports.of(views, DayRequest.of(day, BERLIN), now, true);
        Map<ReportFormat, String> printed = new EnumMap<>(ReportFormat.class);
        for (ReportFormat format : ReportFormat.values()) {
            StringBuilder out = new StringBuilder();
            format.render(report, out);
            printed.put(format, out.toString());
        }
        FleetReportTest.addsUp(report);
        JsonNode json = JSON.readTree(printed.get(ReportFormat.JSON));
        headline(report, json);
        down(report, printed);
        sums(report);
        formats(report, printed);
        views(views, report);
    }

    /** The numbers above are those of the rows below. */
    private static void headline(DayReport report, JsonNode json) {
        FleetDay fleet = report.fleet();
        assertThat(fleet.outages()).isEqualTo(report.ownOutages().size());
        assertThat(json.at("/fleet/outages").asInt()).isEqualTo(fleet.outages());
        assertThat(json.at("/fleet/at_end/down").asInt())
                .isEqualTo(report.down().size());
        assertThat(fleet.servers()).isEqualTo(report.services().size());
        ServersAtEnd atEnd = fleet.atEnd();
        assertThat(atEnd.up() + atEnd.down() + atEnd.maint() + atEnd.drain() + atEnd.unknown())
                .isEqualTo(fleet.servers());
        if (fleet.mttrMs() != null) {
            assertThat(fleet.longestMs()).isGreaterThanOrEqualTo(fleet.mttrMs());
        }
    }

    /** Whoever is counted as down is named, in every format, and nobody else. */
    private static void down(DayReport report, Map<ReportFormat, String> printed) {
        DayText words = new DayText(report);
        assertThat(words.open().size() + words.leaderless().size())
                .isEqualTo(report.down().size());
        Set<String> open = new TreeSet<>();
        report.ownOutages().stream().filter(report::isOpen).forEach(outage -> open.add(outage.name()));
        Set<String> down = new TreeSet<>();
        report.down().stream().filter(server -> !server.role()).forEach(server -> down.add(server.name()));
        assertThat(open).isEqualTo(down);
        for (ReportFormat format : new ReportFormat[] {ReportFormat.TEXT, ReportFormat.MARKDOWN, ReportFormat.HTML}) {
            String text = printed.get(format);
            if (down.isEmpty() && report.down().isEmpty()) {
                assertThat(text).as(format.name()).doesNotContain("Down " + words.whenEnd());
            } else {
                assertThat(text).as(format.name()).contains(words.downTitle());
                String section = text.substring(text.lastIndexOf(words.downTitle()))
                        .replaceAll("(?s)(Incidents: |The day, server by server|Out of service for a long time).*", "")
                        .replace("\\_", "_");
                assertThat(down.stream().filter(PLAIN.asMatchPredicate()))
                        .as(format.name())
                        .allMatch(section::contains);
            }
        }
    }

    private static void sums(DayReport report) {
        long outages = report.servers().stream()
                .filter(server -> !server.role())
                .mapToLong(ServerDay::outages)
                .sum();
        long recoveries =
                report.services().stream().mapToLong(ServerDay::recoveries).sum();
        assertThat(outages).isEqualTo(report.fleet().outages());
        assertThat(recoveries).isEqualTo(report.fleet().recoveries());
        assertThat(new DayText(report).troubled())
                .allMatch(server -> server.outages() > 0 || server.time().downMs() > 0);
        report.outages().forEach(outage -> {
            assertThat(outage.inDayMs()).isLessThanOrEqualTo(outage.durationMs() + 1);
            if (outage.endedAt() != null) {
                assertThat(outage.durationMs()).isEqualTo(Millis.between(outage.startedAt(), outage.endedAt()));
            }
        });
    }

    private static void formats(DayReport report, Map<ReportFormat, String> printed) {
        String sentence = report.verdict().sentence().replaceAll("\\s+", " ");
        assertThat(printed.get(ReportFormat.TEXT).replaceAll("\\s+", " ")).contains(Printable.of(sentence));
        if (report.fleet().outages() > 0) {
            String outages = new DayText(report).outages();
            assertThat(printed.get(ReportFormat.TEXT).replaceAll("\\s+", " "))
                    .contains(outages.replaceAll("\\s+", " "));
            Matcher number = Pattern.compile("<dt>Outages</dt><dd>(?:<a [^>]*>)?([0-9]+)<")
                    .matcher(printed.get(ReportFormat.HTML));
            assertThat(number.find()).isTrue();
            assertThat(number.group(1)).isEqualTo(String.valueOf(report.fleet().outages()));
        }
    }

    /** What nodes saw, as the rows have it, is what the views have; and what is down now, is so for a node. */
    private static void views(Connection views, DayReport report) throws Exception {
        try (Statement statement = views.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select outage_id, duration_ms from outages")) {
                Map<String, Long> lengths = new HashMap<>();
                while (rows.next()) {
                    lengths.put(rows.getString(1), rows.getLong(2));
                }
                report.outages()
                        .forEach(outage -> outage.byNode()
                                .forEach(seen -> assertThat(lengths).containsEntry(seen.id(), seen.durationMs())));
                assertThat(lengths.keySet())
                        .containsAll(
                                report.outages().stream().map(DayOutage::id).toList());
            }
            String sql =
                    "select node, proxy, server, up_ms, down_ms, maint_ms, drain_ms from server_day_in('Europe/Berlin')"
                            + " where day = '" + report.day() + "'";
            if (!report.isRunning() && !report.to().isBefore(report.dayEnd())) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        String node = rows.getString(1);
                        String name = rows.getString(2) + "/" + rows.getString(3);
                        ServerDay server = report.servers().stream()
                                .filter(one -> one.name().equals(name))
                                .findFirst()
                                .orElseThrow();
                        StateDurations time = server.byNode().stream()
                                .filter(one -> node.equals(one.node()))
                                .findFirst()
                                .orElse(server)
                                .time();
                        assertThat(new long[] {time.upMs(), time.downMs(), time.maintMs(), time.drainMs()})
                                .as(name + " on " + node)
                                .containsExactly(rows.getLong(4), rows.getLong(5), rows.getLong(6), rows.getLong(7));
                    }
                }
            }
        }
    }
}
