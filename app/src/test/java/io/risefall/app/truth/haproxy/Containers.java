package io.risefall.app.truth.haproxy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A PID namespace of its own for a program, as in a container: there it is process 1, and pids begin anew each time. */
public final class Containers {
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Runs as many programs as its first argument says, then becomes the rest of them. */
    private static final String AFTER_OTHERS =
            "n=$1; shift; while [ $n -gt 0 ]; do /bin/true; n=$((n - 1)); done; exec \"$@\"";

    private Containers() {}

    /** Whether this machine lets us. */
    public static boolean arePermitted() {
        if (!Files.isExecutable(UNSHARE)) {
            return false;
        }
        try {
            Process tried = new ProcessBuilder(UNSHARE.toString(), "-p", "-f", "--mount-proc", "/bin/true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return tried.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What stands before a command. @param othersBefore how many other programs run before it */
    public static List<String> command(int othersBefore) {
        return List.of(
                UNSHARE.toString(),
                "-p",
                "-f",
                "--mount-proc",
                "--kill-child",
                "/bin/sh",
                "-c",
                AFTER_OTHERS,
                "sh",
                String.valueOf(othersBefore));
    }

    /** The program in the container, seen from here. */
    static ProcessHandle child(ProcessHandle container) {
        return await().atMost(PATIENCE)
                .until(() -> container.children().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    static ProcessHandle newestChild(ProcessHandle of) {
        return await().atMost(PATIENCE)
                .until(
                        () -> of.children()
                                .max(Comparator.comparing((ProcessHandle child) ->
                                                child.info().startInstant().orElse(Instant.MIN))
                                        .thenComparing(ProcessHandle::pid)),
                        Optional::isPresent)
                .orElseThrow();
    }
}
