package io.risefall.query.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.risefall.query.alert.channel.ChannelKind;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.delivery.Delivery;
import io.risefall.query.leader.MirroredLog;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.suite.MutableClock;
import io.risefall.schemas.suite.Slow;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the schedule to a mail server and a directory: one mail and one file for each period, whatever the clock and the disk do. */
@Slow
class ReportDeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String STATES =
            "select kind, state, title from notifications where transition = 'report' order by kind, id";
    private static final String VERDICT =
            "HAProxy health on Wednesday 12 November 2025: 2 outages, 1 flapping, 98.75 %";

    @TempDir
    Path temp;

    private TestWarehouse warehouse;
    private MirroredLog log;
    private GreenMail server;
    private final MutableClock clock = new MutableClock(Instant.parse("2025-11-12T12:00:00Z"));

    @BeforeEach
    void open() throws Exception {
        warehouse = ReportedDay.warehouse();
        log = new MirroredLog(temp);
        ServerSetup setup = new ServerSetup(0, "localhost", "smtp");
        setup.setServerStartupTimeout(20_000);
        server = new GreenMail(setup);
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
        try (MirroredLog mirrored = log) {
            mirrored.assertEqualTo(warehouse.warehouse());
        }
        warehouse.close();
    }

    @Test
    void oneMailAndOneFileArriveAfterDowntimeRestartsAndStepsOfTheClock() throws Exception {
        Path folder = temp.resolve("reports");
        NotificationConfig config = config(folder);
        due(config).send(clock.instant());
        // Nothing runs over the time at which it is due.
        clock.set(Instant.parse("2025-11-13T09:00:00Z"));
        try (Delivery delivery = new Delivery(warehouse.warehouse()::read, config.alerts(), log, clock);
                ReportSchedule schedule = new ReportSchedule(
                        config.schedule(),
                        warehouse.warehouse()::read,
                        new StoredReports(config.alerts(), clock),
                        log,
                        null,
                        () -> new ReadingState(null, Map.of(new TopicPartition("events", 0), 0L), Map.of()),
                        clock)) {
            delivery.start();
            schedule.start();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(server.getReceivedMessages()).hasSize(1));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rows("select last_error from notifications where kind = 'folder'"))
                            .containsExactly("there is no directory " + folder + ": make it, or mount its disk"));
            Files.createDirectory(folder);
            clock.advance(Duration.ofSeconds(60));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rows(STATES))
                            .containsExactly("folder, sent, " + VERDICT, "mail, sent, " + VERDICT));
        }
        assertThat(files(folder)).containsExactly("risefall-day-2025-11-12.html", "risefall-day-2025-11-12.txt");
        assertThat(folder.resolve("risefall-day-2025-11-12.html")).content().contains("<h1", "srv1");
        assertThat(folder.resolve("risefall-day-2025-11-12.txt")).content().contains("web/srv1");
        isAMailOfBothForms(server.getReceivedMessages()[0]);

        // The clock steps back over that time, and comes to it again.
        for (String moment : List.of("2025-11-13T05:59:50Z", "2025-11-13T06:00:00Z", "2025-11-13T06:00:30Z")) {
            assertThat(due(config(folder)).send(Instant.parse(moment))).isZero();
        }
        clock.set(Instant.parse("2025-11-14T06:00:00Z"));
        due(config).send(clock.instant());
        try (Delivery delivery = new Delivery(warehouse.warehouse()::read, config.alerts(), log, clock)) {
            delivery.start();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(server.getReceivedMessages()).hasSize(2));
        }
        assertThat(server.getReceivedMessages()[1].getSubject())
                .isEqualTo("HAProxy health on Thursday 13 November 2025: the log was silent");
    }

    @Test
    void aFirstStartUnderAClockThatIsAheadDelaysNothing() throws Exception {
        NotificationConfig config = config(temp);
        assertThat(due(config).send(Instant.parse("2031-01-01T00:00:00Z"))).isZero();
        assertThat(due(config).send(clock.instant())).isZero();
        assertThat(due(config).send(Instant.parse("2025-11-13T06:00:00Z"))).isEqualTo(2);
    }

    private static void isAMailOfBothForms(MimeMessage mail) throws Exception {
        assertThat(mail.getSubject()).isEqualTo(VERDICT);
        assertThat(mail.getHeader("Risefall-Delivery-Id")).containsExactly("report-day+UTC-2025-11-12");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("web/srv1");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("web/srv1", "<table");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        assertThat(bytes.size()).isLessThan(100_000);
    }

    private static List<String> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> rows(String sql) throws Exception {
        return Warehouses.table(warehouse.warehouse(), sql);
    }

    private DueReports due(NotificationConfig config) {
        return new DueReports(
                config.schedule(), warehouse.warehouse()::read, new StoredReports(config.alerts(), clock), log, null);
    }

    private NotificationConfig config(Path folder) {
        ChannelSettings mail = new ChannelSettings(
                "ops-mail",
                ChannelKind.MAIL,
                Map.of(
                        "smtp", List.of("localhost:" + server.getSmtp().getPort()),
                        "tls", List.of("none"),
                        "from", List.of("risefall@example.com"),
                        "to", List.of("ops@example.com")));
        AlertConfig alerts = new AlertConfig(
                AlertConfig.NONE.settings(),
                null,
                AlertConfig.GIVE_UP_AFTER,
                List.of(mail),
                List.of(),
                List.of(folder.toString()));
        return new NotificationConfig(
                alerts,
                List.of(ScheduledReport.of("day", "06:00", null, List.of("ops-mail", "folder:" + folder), UTC)),
                false);
    }
}
