package io.risefall.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.PackedRisefall;
import io.risefall.app.driver.Programs;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code risefall sql} as a process at a real pseudo terminal, and without one. */
@RealParts
class ShellTerminalTest {
    @TempDir
    Path temp;

    @BeforeEach
    void makeWarehouse() {
        Warehouse.open(temp.resolve("warehouse.duckdb"), ZoneId.of("UTC")).close();
    }

    @Test
    void aTerminalIsAnsweredAndItsSignalsAreHeeded() throws Exception {
        Path script = Programs.find("script");
        Path run = Files.writeString(
                temp.resolve("run.sh"),
                PackedRisefall.command(
                                temp,
                                List.of("-Duser.home=" + temp, "-XX:TieredStopAtLevel=1"),
                                List.of("sql", "--data", temp.toString()))
                        .stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" ", "exec ", "\n")));
        // With exec: a shell that waits, as dash does where SHELL is not set, ends with 130 for the signal that
        // Risefall heeded.
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "-qec", "exec sh '" + run + "'", "/dev/null");
        builder.environment().put("TERM", "xterm");
        Process process = builder.redirectErrorStream(true).start();
        ShellScreen screen = new ShellScreen();
        CompletableFuture<Void> copied = CompletableFuture.runAsync(() -> {
            try {
                process.getInputStream().transferTo(screen);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        OutputStream keys = process.getOutputStream();
        screen.await("risefall> ");
        type(keys, "select 40 + 2 as answer;\r");
        screen.await("42");
        screen.await("risefall> ");
        type(keys, "select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 1;\r");
        screen.await("\u001b[?2004l");
        type(keys, "\u0003");
        screen.await("cancelled");
        screen.await("risefall> ");
        type(keys, "select 'not' || 'hing' as answer;\r"); // what is typed is on the screen, too
        screen.await("nothing");
        type(keys, "\\q\r");
        assertThat(process.waitFor(ShellScreen.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).isZero();
        copied.get(ShellScreen.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(Files.readString(temp.resolve(".risefall_history"))).contains("as answer");
    }

    @Test
    void withoutATerminalAllStatementsAreAnswered() {
        CommandRunner risefall = new CommandRunner();
        String data = temp.toString();
        assertThat(risefall.runWith(
                        "select 1 as a;\nselect ';' as b -- done", "sql", "--data", data, "--format", "csv"))
                .as(risefall.err())
                .isZero();
        assertThat(risefall.out()).isEqualTo("a\n1\nb\n;\n");
        assertThat(risefall.runWith("select 1 as a; selct 2; select 3 as c", "sql", "--data", data, "--format", "csv"))
                .isEqualTo(1);
        assertThat(risefall.out()).isEqualTo("a\n1\n");
        assertThat(risefall.err()).startsWith("risefall: ").contains("selct").hasLineCount(1);
        assertThat(risefall.runWith(" -- nothing\n", "sql", "--data", data)).isEqualTo(2);
        assertThat(risefall.err()).contains("no SQL given");
    }

    private static void type(OutputStream keys, String text) throws Exception {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }
}
