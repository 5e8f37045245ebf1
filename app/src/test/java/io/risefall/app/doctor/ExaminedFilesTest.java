package io.risefall.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose configuration is examined where none is given. */
class ExaminedFilesTest {
    private static final Path NONE = Path.of("/none/haproxy.cfg");
    private static final RunningHaproxy WEB = new RunningHaproxy(7, true, List.of(Path.of("/srv/web.cfg")));
    private static final RunningHaproxy WORKER = new RunningHaproxy(8, true, WEB.files());
    private static final RunningHaproxy OTHER =
            new RunningHaproxy(9, true, List.of(Path.of("/srv/a.cfg"), Path.of("/srv/b")));
    private static final RunningHaproxy UNREADABLE = new RunningHaproxy(10, true, List.of());

    @Test
    void theOneThatAnswersElseTheOnlyOne() {
        assertThat(ExaminedFiles.of(List.of(WEB, WORKER, OTHER), Optional.of(9L), NONE))
                .isEqualTo(new ExaminedFiles(
                        OTHER.files(), "The configuration is that of process 9: -f /srv/a.cfg -f /srv/b."));
        assertThat(ExaminedFiles.of(List.of(WEB, WORKER, UNREADABLE), Optional.empty(), NONE)
                        .files())
                .isEqualTo(WEB.files());
        assertThat(ExaminedFiles.of(List.of(UNREADABLE), Optional.of(10L), NONE))
                .isEqualTo(new ExaminedFiles(List.of(), ""));
    }

    @Test
    void ofSeveralNoneIsGuessed() {
        assertThat(ExaminedFiles.of(List.of(WEB, OTHER), Optional.empty(), NONE))
                .isEqualTo(new ExaminedFiles(
                        List.of(),
                        "Several HAProxy run here: process 7 with -f /srv/web.cfg; process 9 with -f /srv/a.cfg -f /srv/b."
                                + " Say which is meant with --socket or --haproxy-cfg."));
    }

    /** To have HAProxy check a configuration runs its Lua, as who asks. */
    @Test
    void thatOfAnotherUserIsExaminedOnlyIfItAnswers() {
        RunningHaproxy foreign = new RunningHaproxy(11, false, List.of(Path.of("/tmp/foreign.cfg")));
        assertThat(ExaminedFiles.of(List.of(foreign), Optional.empty(), NONE))
                .isEqualTo(new ExaminedFiles(
                        List.of(),
                        "HAProxy runs here as another user: process 11 with -f /tmp/foreign.cfg."
                                + " Say which is meant with --socket or --haproxy-cfg."));
        assertThat(ExaminedFiles.of(List.of(foreign, WEB), Optional.empty(), NONE)
                        .files())
                .isEqualTo(WEB.files());
        assertThat(ExaminedFiles.of(List.of(foreign), Optional.of(11L), NONE).files())
                .isEqualTo(foreign.files());
    }

    @Test
    void aCommandLineIsReadAsHaproxyDoes(@TempDir Path temp) throws Exception {
        Optional<Path> cwd = Optional.of(Path.of("/work"));
        assertThat(RunningHaproxy.files(List.of("-Ws", "-f", "/etc/h.cfg", "-p", "/run/h.pid", "-f", "conf.d"), cwd))
                .containsExactly(Path.of("/etc/h.cfg"), Path.of("/work/conf.d"));
        assertThat(RunningHaproxy.files(List.of("-C", "/srv", "-f", "a", "-sf", "1", "2", "--", "b", "c"), cwd))
                .containsExactly(Path.of("/srv/a"), Path.of("/srv/b"), Path.of("/srv/c"));
        assertThat(RunningHaproxy.files(List.of("-f", "a"), Optional.empty())).isEmpty();
        assertThat(RunningHaproxy.files(List.of("-D"), cwd)).isEmpty();
        for (String stream : List.of("/dev/stdin", "/dev/fd/63", "/proc/self/fd/3", pipe(temp))) {
            assertThat(RunningHaproxy.files(List.of("-f", "/etc/h.cfg", "-f", stream), cwd))
                    .as(stream)
                    .isEmpty();
        }
        assertThat(RunningHaproxy.files(List.of("-f", "no\0name"), cwd)).isEmpty();
    }

    private static String pipe(Path folder) throws Exception {
        String pipe = folder.resolve("h.cfg").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
        return pipe;
    }
}
