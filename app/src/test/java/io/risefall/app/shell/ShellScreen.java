package io.risefall.app.shell;

import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** What a terminal was sent. */
final class ShellScreen extends OutputStream {
    static final long PATIENCE_SECONDS = 60;

    private final StringBuilder printed = new StringBuilder();
    private int seen;

    @Override
    public synchronized void write(int oneByte) {
        printed.append((char) (oneByte & 0xff));
        notifyAll();
    }

    synchronized void await(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int found = printed.indexOf(text, seen);
        while (found < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not printed: " + text + "\nbut\n" + printed.substring(seen));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            found = printed.indexOf(text, seen);
        }
        seen = found + text.length();
    }
}
