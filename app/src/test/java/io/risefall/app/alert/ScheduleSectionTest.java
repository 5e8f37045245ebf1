package io.risefall.app.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code schedule}: what it means, and what is wrong with it, with file, line and remedy. */
class ScheduleSectionTest {
    private static final String CHANNELS = """
            channels:
              ops-mail: {kind: mail, smtp: "mail.example.com:25", tls: none, from: a@example.com, to: b@example.com}
              archive: {kind: webhook, url: "https://archive.example.com/risefall"}
              prometheus: {kind: alertmanager, url: "https://am.example.com/api/v2/alerts"}
            schedule:
            """;

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void isPrinted() throws Exception {
        assertThat(check("""
                  - {report: day, at: "06:00 Europe/Berlin", to: [ops-mail, "folder:%s"]}
                  - report: week
                    at: 07:30 UTC
                    backend: web
                    to: archive
                """.formatted(temp))).as(risefall.err()).isZero();
        assertThat(risefall.out())
                .contains(
                        "  report of each day, sent when it is over, at 06:00 Europe/Berlin, to ops-mail, folder:"
                                + temp + "\n",
                        "  report of each week about backend web, sent when it is over, at 07:30 UTC, to archive\n")
                .doesNotContain("does not exist");
    }

    @Test
    void aDirectoryThatIsNotThereMayComeAndOneThatIsAFileMayNot() throws Exception {
        assertThat(check("  - {report: month, at: \"06:00 UTC\", to: \"folder:" + temp + "/none\"}\n"))
                .isZero();
        assertThat(risefall.out()).contains("  folder:" + temp + "/none; does not exist yet");
        Path file = Files.createFile(temp.resolve("file"));
        assertThat(check("  - {report: month, at: \"06:00 UTC\", to: \"folder:" + file + "\"}\n"))
                .isEqualTo(1);
        assertThat(risefall.out()).contains("  folder:" + file + "; is no directory");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {at: "06:00", to: ops-mail}                                  | a report of the schedule needs report: day, at:
            {report: dayly, at: "06:00 UTC", to: ops-mail}               | report: must be day, week or month, and is 'dayly'; did you mean day?
            {report: day, at: "6 UTC", to: ops-mail}                     | at: must be a time and a zone, such as 06:00 Europe/Berlin, and begins with '6'
            {report: day, at: "06:00 UTC", to: ops-mial}                 | there is no channel ops-mial; did you mean ops-mail?
            {report: day, at: "06:00 UTC", to: "mail:ops-mail"}          | 'mail:ops-mail' is neither folder:/a/directory nor the name of a channel
            {report: day, at: "06:00 UTC", to: prometheus}               | channel prometheus (alertmanager) takes alerts only, no reports: send them by mail
            {report: day, at: "06:00 UTC", to: "folder:reports"}         | folder: needs the whole path of a directory, such as folder:/srv/reports, and has 'reports'
            {report: day, at: "06:00 UTC", to: [archive, archive]}       | archive gets the report of each day twice
            {report: day, at: "06:00 UTC", to: archive, zone: UTC}       | unknown key zone of schedule
            {report: day, at: "06:00 UTC", to: []}                       | to: names nobody; give channels, or folder:/a/directory
            day                                                          | a report of the schedule must be keys and values
            """)
    void whatMeansNothingIsRefusedWithItsLine(String report, String why) throws Exception {
        assertThat(check("  - " + report + "\n")).isEqualTo(2);
        assertThat(risefall.err())
                .startsWith("risefall: " + temp.resolve("config.yaml") + ":6: " + why)
                .hasLineCount(1);
    }

    private int check(String schedule) throws Exception {
        Path config = Files.writeString(temp.resolve("config.yaml"), CHANNELS + schedule);
        return risefall.run("check-config", "--config", config.toString());
    }
}
