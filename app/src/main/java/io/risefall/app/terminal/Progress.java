package io.risefall.app.terminal;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars of long tasks. */
public final class Progress {
    private static final Duration REDRAW_INTERVAL = Duration.ofMillis(200);
    private static final long MIB = 1024L * 1024;

    private Progress() {}

    public static ProgressBar bytes(String task, Terminal terminal) {
        return bar(task, terminal).setUnit(" MiB", MIB).build();
    }

    static ProgressBar records(String task, Terminal terminal) {
        return bar(task, terminal).setUnit(" records", 1).build();
    }

    private static ProgressBarBuilder bar(String task, Terminal terminal) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(Math.toIntExact(REDRAW_INTERVAL.toMillis()))
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err()))
                .clearDisplayOnFinish();
    }
}
