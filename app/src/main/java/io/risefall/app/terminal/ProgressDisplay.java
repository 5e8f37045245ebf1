package io.risefall.app.terminal;

import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a wait: a bar on an interactive terminal, and messages. Used by one thread. */
public final class ProgressDisplay implements ProgressListener, AutoCloseable {
    private final Terminal terminal;
    private @Nullable ProgressBar bar;

    public ProgressDisplay(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void message(String text) {
        terminal.error(text);
    }

    @Override
    public void progress(long done, long all) {
        if (!terminal.interactive()) {
            return;
        }
        if (bar == null) {
            bar = Progress.records("count", terminal);
        }
        bar.maxHint(all);
        bar.stepTo(done);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
