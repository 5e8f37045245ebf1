package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.source.ProcessActivity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is a pid and a begin. Lines are {@code SECONDS PID WORDS} of {@link ProcessStory}, or {@code traffic}; what follows
 * are the reloads, then the ends. In any order of arrival.
 */
class ReturningPidsTest {
    static List<Arguments> logs() {
        return List.of(
                log("two restarts, each pid says that it starts", """
                        0 8 started
                        3600 9 started
                        7200 8 started
                        9000 8 down
                        9100 8 up
                        """, "3600 8->9, 7200 9->8"),
                log("two restarts, and nothing but what servers do", """
                        0 8 down
                        10 8 up
                        100 9 down
                        110 9 up
                        200 8 down
                        210 8 up
                        """, "100 8->9, 200 9->8"),
                log("the same with checks that are logged", """
                        0 8 check pass 3/3 UP
                        100 9 check pass 3/3 UP
                        200 8 check pass 3/3 UP
                        300 9 check pass 3/3 UP
                        400 8 check pass 3/3 UP
                        """, "100 8->9, 200 9->8, 300 8->9, 400 9->8"),
                log(
                        "ten restarts of which three got the same pid",
                        """
                        0 8 started
                        10 8 down
                        100 8 started
                        200 8 started
                        210 8 down
                        300 9 down
                        400 9 started
                        500 8 started
                        """,
                        "100 8->8, 200 8->8, 300 8->9, 400 9->9, 500 9->8"),
                log("several proxies start at once", """
                        0 8 started a
                        0.01 8 started web
                        0.02 8 started b
                        5 8 down
                        60.1 8 started a
                        60.11 8 started web
                        60.12 8 started b
                        """, "60.1 8->8"),
                log("a start that two targets tell is one", """
                        0 8 started
                        0.5 8 started
                        1 8 started
                        """, ""),
                log("the last lines of an old worker are no new process", """
                        0 8 down
                        100 9 down
                        101 8 up
                        101.5 8 down
                        150 9 up
                        """, "100 8->9"),
                log("who says that it is UP again has been there all along: two side by side", """
                        0 8 down
                        1 9 down
                        50 8 up
                        51 9 up
                        500 8 down
                        501 9 down
                        550 8 up
                        551 9 up
                        """, ""),
                log("the same, and one of them had seemed to be new", """
                        0 8 down
                        10 9 down
                        20 8 check fail 0/2 DOWN
                        30 9 up
                        40 8 up
                        """, ""),
                log("lines after it stopped to serve are of another process", """
                        0 8 down
                        50 8 stopped
                        60 8 down
                        70 8 up
                        """, "60 8->8"),
                log("a worker that only stops is the one that it was", """
                        0 8 down
                        100 9 down
                        300 8 stopped
                        400 9 up
                        """, "100 8->9"),
                log("a master starts the next, which is silent", """
                        0 322 down
                        100 294 forked 343
                        101 294 exited 322
                        9000 343 down
                        """, "100 322->343"),
                log("the same, and the next one never speaks", """
                        0 322 down
                        100 294 forked 343
                        101 294 exited 322
                        """, "100 322->343"),
                log("only the end of the old one tells whose they are", """
                        0 322 down
                        100 294 forked 343
                        """, "100 322->343"),
                log("the first line of the new one comes a little before its master's", """
                        0 322 down
                        99.9 343 down
                        100 294 forked 343
                        101 294 exited 322
                        """, "99.9 322->343"),
                log("a worker that crashes, and a restart later", """
                        0 322 down
                        100 294 exited 322
                        100.1 294 gone
                        5000 900 forked 901
                        """, "5000 322->901\nends 100 322"),
                log("a master that ends says nothing of each worker", """
                        0 322 down
                        100 294 leaving
                        5000 900 forked 901
                        5010 901 down
                        """, "5000 322->901\nends 100 322"),
                log("the same pids in the next container", """
                        0 1 forked 8
                        10 8 down
                        100 1 leaving
                        100.2 1 exited 8
                        100.3 1 gone
                        160 1 forked 8
                        500 8 down
                        600 8 up
                        """, "160 8->8\nends 100.2 8"),
                log("killed without a line, the same pids again", """
                        0 1 forked 8
                        10 8 down
                        160 1 forked 8
                        500 8 down
                        """, "160 8->8"),
                log("two copies of what a master says", """
                        0 1 forked 8
                        0.7 1 forked 8
                        10 8 down
                        """, ""),
                log("from 3.1 on a worker serves once it has read its configuration", """
                        0 1 starting 8
                        1 1 loaded
                        10 8 down
                        50 1 starting 9
                        55 8 up
                        59 8 down
                        60 1 loaded
                        61 1 exited 8
                        """, "60 8->9"),
                log("one that cannot read it never serves", """
                        0 1 starting 8
                        1 1 loaded
                        10 8 down
                        50 1 starting 9
                        51 1 failed
                        60 8 up
                        """, ""),
                log("what it prints while it reads is no begin", """
                        0 1 starting 8
                        1 1 loaded
                        10 8 down
                        50 1 starting 9
                        50.5 9 traffic
                        55 8 up
                        60 1 loaded
                        """, "60 8->9"),
                log("its line that it serves was lost", """
                        0 1 starting 8
                        1 1 loaded
                        10 8 down
                        50 1 starting 9
                        70 9 down
                        """, "70 8->9"),
                log("workers side by side, each with its successor", """
                        0 1 forked 8 1
                        0.1 1 forked 9 2
                        10 8 down
                        11 9 down
                        50 1 forked 18 1
                        50.1 1 forked 19 2
                        51 1 exited 8 1
                        51 1 exited 9 2
                        """, "50 8->18, 50.1 9->19"),
                log("two masters on one host, of other proxies", """
                        0 1 forked 8
                        0 2 forked 9
                        10 8 down
                        11 9 stopped mail
                        50 2 forked 19
                        60 8 up
                        """, "50 9->19"),
                log("a HAProxy without a master beside one with", """
                        0 5 started mail
                        1 2 forked 9
                        2 9 down
                        50 2 forked 19
                        51 2 exited 9
                        60 2 exited 19
                        """, "50 9->19\nends 60 19"),
                log("traffic of the master makes no process of it", """
                        0 294 traffic
                        1 294 forked 322
                        10 322 down
                        50 294 traffic
                        """, ""),
                log("its first line comes long before its master's report", """
                        0 1 starting 8
                        1 1 loaded
                        10 8 down
                        50 1 starting 9
                        55 9 down
                        70 1 loaded
                        """, "55 8->9"),
                log("two HAProxies end, the younger one first", """
                        0 8 down
                        1 9 started mail
                        50 1 exited 9
                        60 1 exited 8
                        """, "\nends 50 9, 60 8"),
                log(
                        "one of two masters ends: its worker does, and not those of which no master is known",
                        """
                        0 1 forked 8
                        0 2 forked 9
                        1 7 started api
                        10 8 down
                        11 9 started mail
                        50 1 leaving
                        """,
                        "\nends 50 8"),
                log("the only master ends: every process does", """
                        0 1 forked 8
                        10 8 down
                        11 7 started mail
                        50 1 leaving
                        """, "\nends 50 8, 50 7"),
                log(
                        "a silent worker of another master: it goes on with the one that ended",
                        """
                        0 8 down
                        0 9 started mail
                        50 1 exited 9
                        60 2 forked 19
                        """,
                        "60 9->19\nends 50 9"),
                log(
                        "a silent worker of another master, and none has ended: with the one that has no master",
                        """
                        0 7 started mail
                        0 1 forked 8
                        10 8 down
                        50 2 forked 19
                        """,
                        "50 7->19"),
                log("a second end after one that was taken back", """
                        0 8 down
                        50 1 leaving
                        90 8 up
                        100 1 leaving
                        """, "\nends 100 8"),
                log("an end that another line takes back", """
                        0 8 down
                        50 1 leaving
                        90 8 up
                        """, ""),
                log(
                        "long after, between others, an UP is not of the process of long ago",
                        """
                        0 8 down
                        100 9 down
                        200000 8 up
                        """,
                        "100 8->9, 200000 9->8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void outcome(String name, String lines, String expected) {
        List<String> log = new ArrayList<>(lines.lines().toList());
        assertThat(outcome(log)).isEqualTo(expected);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(log, random);
            assertThat(outcome(log)).as(String.join("\n", log)).isEqualTo(expected);
        }
    }

    private static String outcome(List<String> lines) {
        ProcessLog log = new ProcessLog();
        for (String line : lines) {
            String[] parts = line.trim().split(" ");
            Instant at = Story.at(parts[0]);
            long pid = Long.parseLong(parts[1]);
            if (parts[2].equals("traffic")) {
                log.apply(new ProcessActivity("lb1", "a", pid, at, 1, 1, at, at));
            } else {
                log.apply(pid, at, ProcessStory.message(parts));
            }
        }
        String reloads = String.join(", ", log.reloads()).replace(".0 ", " ");
        return log.ends().isEmpty() ? reloads : reloads + "\nends " + String.join(", ", log.ends());
    }

    private static Arguments log(String name, String lines, String expected) {
        return Arguments.of(name, lines, expected);
    }
}
