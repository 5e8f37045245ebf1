package io.risefall.query.alert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.alert.model.AlertSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens, and which messages follow. */
class AlertBookTest {
    private static List<String> told(String... lines) {
        return AlertStory.told(AlertSettings.DEFAULTS, lines);
    }

    @Test
    void oneServerOpensAfterTheHoldAndClosesOnceItIsSurelyBack() {
        assertThat(told("09:00:00 lb1 web/srv1 down", "09:05:00 lb1 web/srv1 up"))
                .containsExactly(
                        "09:00:10 1 OPENED SERVERS_DOWN Server web/srv1 is DOWN on lb1: Layer4 connection problem.",
                        "09:06:00 2 CLOSED SERVERS_DOWN Over after 5 min: server web/srv1 was DOWN on lb1.");
    }

    @Test
    void whatIsOverBeforeTheHoldIsNotHeardOf() {
        assertThat(told("09:00:00 lb1 web/srv1 down", "09:00:09 lb1 web/srv1 up"))
                .isEmpty();
    }

    @Test
    void nodesAndNeighboursShareOneAlert() {
        assertThat(told(
                        "09:00:00 lb1 web/srv1 down",
                        "09:00:01 lb2 web/srv1 down",
                        "09:00:02 lb1 web/srv2 down",
                        "09:00:03 lb1 api/srv9 down",
                        "09:01:00 lb1 web/srv1 up",
                        "09:01:00 lb2 web/srv1 up",
                        "09:01:00 lb1 web/srv2 up",
                        "09:01:00 lb1 api/srv9 up"))
                .containsExactly(
                        "09:00:10 1 OPENED SERVERS_DOWN 3 servers of 2 backends (api/srv9, web/srv1, web/srv2) are DOWN"
                                + " on 2 nodes: Layer4 connection problem.",
                        "09:02:00 2 CLOSED SERVERS_DOWN Over after 1 min: 3 servers of 2 backends (api/srv9, web/srv1, web/srv2)"
                                + " were DOWN on 2 nodes.");
    }

    @Test
    void whatHasNothingInCommonHasAnAlertOfItsOwn() {
        assertThat(told("09:00:00 lb1 web/srv1 down", "09:00:03 lb2 api/srv9 down", "09:20:00 lb1 web/srv2 down"))
                .filteredOn(line -> line.contains(" OPENED "))
                .hasSize(3);
    }

    @Test
    void theLastServerOfABackendIsReportedInTheSameAlert() {
        assertThat(told(
                        "09:00:00 lb1 web/srv1 down",
                        "09:30:00 lb1 web/srv1 up",
                        "09:30:02 lb1 web/srv1 down",
                        "09:30:05 lb1 web/srv2 down",
                        "09:30:05 lb1 web empty",
                        "09:40:00 lb1 web/srv2 up",
                        "09:40:00 lb1 web served",
                        "09:50:00 lb1 web/srv1 up"))
                .containsExactly(
                        "09:00:10 1 OPENED SERVERS_DOWN Server web/srv1 is DOWN on lb1: Layer4 connection problem.",
                        "09:30:15 2 CHANGED BACKEND_EMPTY Changed: backend web has no server left: 2 servers of backend web"
                                + " (srv1, srv2) are DOWN on lb1: Layer4 connection problem.",
                        "09:45:00 3 CHANGED SERVERS_DOWN Changed: server web/srv1 is DOWN on lb1: Layer4 connection problem.",
                        "09:51:00 4 CLOSED BACKEND_EMPTY Over after 50 min: 2 servers of backend web (srv1, srv2)"
                                + " were DOWN on lb1.");
    }

    @Test
    void maintenanceOfTheLastServerIsNoAlert() {
        assertThat(told("09:00:00 lb1 web empty", "09:30:00 lb1 web served")).isEmpty();
        assertThat(told("09:00:00 lb1 web empty", "09:10:00 lb1 web/srv1 down", "09:12:00 lb1 web/srv1 maintenance"))
                .containsExactly(
                        "09:10:10 1 OPENED BACKEND_EMPTY Backend web has no server left: server web/srv1 is DOWN on lb1:"
                                + " Layer4 connection problem.",
                        "09:13:00 2 CLOSED BACKEND_EMPTY Over after 2 min: server web/srv1 was DOWN on lb1,"
                                + " and in maintenance since.");
    }

    @Test
    void standbysAreSilentAndABackendWithoutLeaderIsNot() {
        assertThat(told(
                        "09:00:00 lb1 pg/a down!",
                        "09:00:00 lb1 pg empty!",
                        "09:00:30 lb1 pg served",
                        "10:00:00 lb1 pg empty!",
                        "10:00:05 lb2 pg empty!",
                        "10:10:00 lb1 pg served",
                        "10:10:00 lb2 pg served"))
                .containsExactly(
                        "10:01:00 1 OPENED BACKEND_EMPTY Backend pg has no leader on lb1, lb2.",
                        "10:11:00 2 CLOSED BACKEND_EMPTY Over after 10 min: backend pg had no leader on lb1, lb2.");
    }

    @Test
    void aReloadThatFindsItDownAgainIsNotAnEnd() {
        assertThat(told(
                        "09:00:00 lb1 web/srv1 down",
                        "09:10:00 lb1 web/srv1 unknown",
                        "09:11:30 lb1 web/srv1 down",
                        "09:20:00 lb1 web/srv1 unknown"))
                .containsExactly(
                        "09:00:10 1 OPENED SERVERS_DOWN Server web/srv1 is DOWN on lb1: Layer4 connection problem.",
                        "09:22:00 2 CLOSED SERVERS_DOWN Over after 20 min: server web/srv1 was DOWN on lb1, and no line tells how"
                                + " it ended: HAProxy was restarted or reloaded.");
    }

    @Test
    void whatComesBackSoonReopensAndThenClosesLater() {
        assertThat(told(
                        "09:00:00 lb1 web/srv1 down",
                        "09:01:00 lb1 web/srv1 up",
                        "09:03:00 lb1 web/srv1 down",
                        "09:03:05 lb1 web/srv1 up",
                        "09:04:00 lb1 web/srv1 down",
                        "09:05:00 lb1 web/srv1 up",
                        "09:08:00 lb1 web/srv1 down",
                        "09:09:00 lb1 web/srv1 up",
                        "09:20:00 lb1 web/srv1 down"))
                .filteredOn(line -> !line.contains("STILL"))
                .extracting(line -> line.substring(0, line.indexOf(" SERVERS")))
                .containsExactly(
                        "09:00:10 1 OPENED",
                        "09:02:00 2 CLOSED",
                        "09:04:10 3 OPENED",
                        "09:14:00 4 CLOSED",
                        "09:20:10 1 OPENED");
    }

    @Test
    void aFlappingServerSaysSoOnceAndThenThatItIsCalm() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String minute = "%02d".formatted(i);
            lines.add("09:" + minute + ":00 lb1 web/srv1 down");
            if (i == 2) {
                lines.add("09:02:00 lb1 web/srv1 flaps");
            }
            lines.add("09:" + minute + ":05 lb1 web/srv1 up");
        }
        lines.add("10:05:00 lb1 web/srv1 calm");
        assertThat(told(lines.toArray(String[]::new)))
                .containsExactly(
                        "09:02:10 1 FLAPPING SERVERS_DOWN Server web/srv1 flaps on lb1: Layer4 connection problem;"
                                + " the next message comes when it is calm.",
                        "10:02:10 2 STILL_OPEN SERVERS_DOWN Still, after 1 h: server web/srv1 flaps on lb1: Layer4 connection problem.",
                        "10:06:00 3 CLOSED SERVERS_DOWN Over after 1 h 3 min: server web/srv1 was DOWN on lb1.");
    }

    @Test
    void growthIsSaidWhenItDoublesOrAfterAWhile() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            lines.add("09:%02d:%02d lb1 web/srv%d down".formatted(i / 2, i % 2 * 30, i));
        }
        assertThat(told(lines.toArray(String[]::new)))
                .filteredOn(line -> !line.contains("STILL"))
                .extracting(line -> line.substring(0, line.indexOf(" SERVERS")))
                .containsExactly(
                        "09:00:10 1 OPENED",
                        "09:00:40 2 CHANGED",
                        "09:01:40 3 CHANGED",
                        "09:03:40 4 CHANGED",
                        "09:07:40 5 CHANGED",
                        "09:12:40 6 CHANGED",
                        "09:17:40 7 CHANGED");
    }

    @Test
    void whatLastsIsSaidAgain() {
        assertThat(AlertStory.told(AlertSettings.DEFAULTS, "00:00:00 lb1 web/srv1 down"))
                .extracting(line -> line.substring(0, line.indexOf(" SERVERS")))
                .containsExactly("00:00:10 1 OPENED", "01:00:10 2 STILL_OPEN", "04:00:10 3 STILL_OPEN");
    }

    @Test
    void aSilentNodeIsAnAlert() {
        assertThat(told(
                        "09:10:00 lb1 - silent",
                        "09:12:00 lb2 - silent",
                        "09:30:00 lb1 - heard",
                        "09:30:00 lb2 - heard"))
                .containsExactly(
                        "09:10:00 1 OPENED NODE_SILENT Node lb1 printed nothing, not even traffic, for 10 min.",
                        "09:31:00 2 CLOSED NODE_SILENT Over after 30 min: 2 nodes: lb1, lb2 printed nothing, not even traffic.");
    }

    @Test
    void lateLinesAmendOrClose() {
        assertThat(told(
                        "09:00:00 lb1 web/srv1 down",
                        "09:00:02 lb1 web/srv2 down",
                        "09:02:00 lb1 web/srv1 retracted",
                        "09:20:00 lb1 web/srv2 retracted"))
                .containsExactly(
                        "09:00:10 1 OPENED SERVERS_DOWN 2 servers of backend web (srv1, srv2) are DOWN on lb1:"
                                + " Layer4 connection problem.",
                        "09:05:10 2 AMENDED SERVERS_DOWN Corrected by late lines: server web/srv2 is DOWN on lb1:"
                                + " Layer4 connection problem.",
                        "09:21:00 3 CLOSED SERVERS_DOWN Over after 20 min: 2 servers of backend web (srv1, srv2) were DOWN on lb1,"
                                + " as was said; late lines show that it was not DOWN.");
    }
}
