package io.risefall.app.terminal;

import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Draws how many records have been counted and stored, where somebody watches, and says what a wait is for. One thread. */
public final class WaitBar implements WaitListener, AutoCloseable {
    private final Terminal terminal;
    private @Nullable ProgressBar bar;

    public WaitBar(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void tell(String text) {
        terminal.complain(text);
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
