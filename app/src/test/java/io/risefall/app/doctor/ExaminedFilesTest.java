package io.risefall.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose configuration is examined where none is given. */
class ExaminedFilesTest {
    private static final Path NONE = Path.of("/none/haproxy.cfg");
    private static final RunningHaproxy WEB = new RunningHaproxy(7, List.of(Path.of("/srv/web.cfg")));
    private static final RunningHaproxy WORKER = new RunningHaproxy(8, WEB.files());
    private static final RunningHaproxy OTHER =
            new RunningHaproxy(9, List.of(Path.of("/srv/a.cfg"), Path.of("/srv/b")));
    private static final RunningHaproxy UNREADABLE = new RunningHaproxy(10, List.of());

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

    @Test
    void aCommandLineIsReadAsHaproxyDoes() {
        Optional<Path> cwd = Optional.of(Path.of("/work"));
        assertThat(RunningHaproxy.files(List.of("-Ws", "-f", "/etc/h.cfg", "-p", "/run/h.pid", "-f", "conf.d"), cwd))
                .containsExactly(Path.of("/etc/h.cfg"), Path.of("/work/conf.d"));
        assertThat(RunningHaproxy.files(List.of("-C", "/srv", "-f", "a", "-sf", "1", "2", "--", "b", "c"), cwd))
                .containsExactly(Path.of("/srv/a"), Path.of("/srv/b"), Path.of("/srv/c"));
        assertThat(RunningHaproxy.files(List.of("-f", "a"), Optional.empty())).isEmpty();
        assertThat(RunningHaproxy.files(List.of("-D"), cwd)).isEmpty();
    }
}
