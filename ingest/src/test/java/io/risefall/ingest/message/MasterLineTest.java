package io.risefall.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.MasterNotice.What;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a master says of its workers, in the words of HAProxy 1.8 to 3.5. */
class MasterLineTest {
    /** Message; what happened, worker, which of several, exit code, its cause. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "New worker (343) forked|FORKED 343 null null null",
                "New worker #1 (343) forked|FORKED 343 1 null null",
                "New worker #12 (4194304) forked|FORKED 4194304 12 null null",
                "Initializing new worker (12067)|INITIALIZING 12067 null null null",
                "Loading success.|LOADED null null null null",
                "Loading failure!|NOT_LOADED null null null null",
                "Failed to load worker!|WORKER_FAILED null null null null",
                "Former worker (322) exited with code 0 (Exit)|FORMER_EXITED 322 null 0 Exit",
                "Former worker #1 (322) exited with code 0 (Exit)|FORMER_EXITED 322 1 0 Exit",
                "Former worker (322) exited with code 143 (Terminated), as it exceeds max reloads (50)|FORMER_EXITED 322 null 143 Terminated",
                "Former worker 14 exited with code 0|FORMER_EXITED 14 null 0 null",
                "Former worker 14 left with exit code 0|FORMER_EXITED 14 null 0 null",
                "Current worker (322) exited with code 139 (Segmentation fault)|CURRENT_EXITED 322 null 139 Segmentation fault",
                "Current worker #1 (2152) exited with code 143 (Terminated)|CURRENT_EXITED 2152 1 143 Terminated",
                "Current worker 6 exited with code 139|CURRENT_EXITED 6 null 139 null",
                "Current worker 6 left with exit code 139|CURRENT_EXITED 6 null 139 null",
                "Process 77 exited with code 1 (Exit)|EXITED 77 null 1 Exit",
                "Worker 77 exited with code 255|EXITED 77 null 255 null",
                "Worker 77 left with exit code 255|EXITED 77 null 255 null",
                "All workers exited. Exiting... (139)|ALL_EXITED null null 139 null",
                "All workers are left. Leaving... (0)|ALL_EXITED null null 0 null",
                "Exiting Master process...|EXITING null null null null",
                "exit-on-failure: killing every processes with SIGTERM|KILLING null null null null",
                "exit-on-failure: killing every workers with SIGTERM|KILLING null null null null",
                "Reloading HAProxy|RELOADING null null null null",
                "Reexecuting Master process|RELOADING null null null null",
                "Reexecuting Master process in waitpid mode|RELOADING null null null null",
            })
    void everyWording(String message, String expected) {
        MasterNotice notice = MasterLine.parse(message);
        assertThat(notice).isNotNull();
        assertThat(notice.tail()).isNull();
        assertThat(show(notice)).isEqualTo(expected);
        assertGivenBack(notice, message);
        JsonSerde<MasterNotice> json = JsonSerde.of(MasterNotice.class);
        assertThat(json.deserialize("", json.serialize("", notice))).isEqualTo(notice);
        for (String more : new String[] {" ", ".", "x", " (Exit)", "\n"}) {
            assertThat(MasterLine.parse(message + more)).isNull();
        }
        // A message that is cut anywhere says the same of the worker, or nothing.
        for (int length = 0; length < message.length(); length++) {
            String beginning = message.substring(0, length);
            MasterNotice cut = MasterLine.parse(beginning);
            boolean whole = cut != null && cut.tail() == null; // "Reexecuting Master process"
            if (cut != null && !whole) {
                assertThat(cut.worker()).isEqualTo(notice.worker());
                assertThat(cut.what()).isEqualTo(notice.what());
            }
            if (cut != null) {
                assertGivenBack(cut, beginning);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Current worker #1 (2152) exited with c",
                "Current worker #1 (2152) exited with code 143",
                "Current worker (2152) exited with code 143 (Te",
                "Former worker (2152) exited with code 143 (Terminated), as it",
            })
    void cutByWhoShowsIt(String message) {
        MasterNotice notice = MasterLine.parse(message);
        assertThat(notice).isNotNull();
        assertThat(notice.worker()).isEqualTo(2152);
        assertThat(notice.tail()).isNotNull();
        assertGivenBack(notice, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "New worker",
                "New worker (343",
                "New worker () forked",
                "New worker (0343) forked",
                "New worker (-3) forked",
                "New worker (99999999999999999999) forked",
                " New worker (343) forked",
                "new worker (343) forked",
                "New program 'api' (8) forked",
                "Current program 'api' (8) exited with code 0 (Exit)",
                "Former worker (3) exited with code 0 (Exit) (Exit)",
                "Former worker (3) exited with code 99999999999 (Exit)",
                "haproxy version is 2.6.12-1+deb12u4",
                "path to executable is /usr/sbin/haproxy",
                "A worker process unexpectedly died and this can only be explained by a bug in haproxy or its dependencies.",
            })
    void anythingElseIsNone(String message) {
        assertThat(MasterLine.parse(message)).isNull();
    }

    private static String show(MasterNotice notice) {
        return notice.what() + " " + notice.worker() + " " + notice.number() + " " + notice.code() + " "
                + notice.cause();
    }

    private static void assertGivenBack(MasterNotice notice, String message) {
        assertThat(notice.text().getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Both are worker exits, and only the master's label tells; see {@link io.risefall.schemas.message.MasterNotice}. */
    @ParameterizedTest
    @ValueSource(strings = {"New worker (343) forked", "Loading success."})
    void noSentenceAboutHealth(String message) {
        assertThat(HealthLineParser.parse(message)).isInstanceOf(HealthLineParser.NotHealth.class);
        assertThat(MasterLine.parse(message).what()).isIn(What.FORKED, What.LOADED);
    }
}
