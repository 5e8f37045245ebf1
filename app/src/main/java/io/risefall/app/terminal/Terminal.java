package io.risefall.app.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command reads and writes: results on {@code out}, talk on {@code err}.
 *
 * @param in standard input
 * @param out for what was asked for, and nothing else
 * @param err for everything else
 * @param interactive whether somebody watches {@code err}, so that progress is worth drawing
 * @param columns how wide a line of {@code out} may be; 0: as wide as it is, because nobody watches or it is not known
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive, int columns) {
    /** The process's own; UTF-8 whatever the locale says, because names and units need it. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), isTerminal(2), columnsOfProcess());
    }

    /** The launcher asks the terminal, which Java cannot. */
    private static int columnsOfProcess() {
        return isTerminal(1) ? Integer.getInteger("risefall.columns", 0) : 0;
    }

    public void say(String text) {
        err.println(text);
        err.flush();
    }

    /** An error or a warning: one line with our name before it. */
    public void complain(String text) {
        say("risefall: " + text);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Java 17 only knows whether all of stdin and stdout are terminals; Linux tells about each. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isConsole();
        }
    }

    /** From Java 22 on there may be a console without a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        return System.console() != null;
    }
}
