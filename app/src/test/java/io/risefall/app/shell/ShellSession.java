package io.risefall.app.shell;

import io.risefall.app.options.CommonOptions;
import io.risefall.query.sql.ResultFormat;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A shell at a terminal with the line discipline of a real one, on which keys are typed and from which output is read. */
final class ShellSession implements AutoCloseable {
    private final PipedOutputStream keys = new PipedOutputStream();
    private final ShellScreen screen = new ShellScreen();
    private final Terminal terminal;
    private final CompletableFuture<Void> ended;

    ShellSession(Path data, String type, Path history) throws IOException {
        terminal =
                new ExternalTerminal("test", type, new PipedInputStream(keys, 1 << 16), screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(200, 50));
        Shell shell = new Shell(terminal, CommonOptions.of(data), ZoneId.of("UTC"), ResultFormat.TABLE, history);
        ended = CompletableFuture.runAsync(shell::run, task -> new Thread(task, "shell").start());
        await("risefall> ");
    }

    ShellSession type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
        return this;
    }

    /** Waits until these are printed, in this order, after what was waited for before. */
    ShellSession await(String... texts) {
        for (String text : texts) {
            screen.await(text);
        }
        return this;
    }

    void awaitEnd() throws Exception {
        ended.get(ShellScreen.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        keys.close();
        terminal.close();
    }
}
