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
 * The streams of a command: results go to {@code out}, messages to {@code err}.
 *
 * @param in standard input
 * @param out results only
 * @param err messages and progress
 * @param interactive whether {@code err} is a terminal, so that progress is drawn
 * @param columns maximum width of a line of {@code out}; 0: unlimited, because it is no terminal or its width is unknown
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive, int columns) {
    /** The streams of this process. Always UTF-8, because names and units need it. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), isTerminal(2), columnsOfProcess());
    }

    /** The launcher passes the width, because Java cannot read it. */
    private static int columnsOfProcess() {
        return isTerminal(1) ? Integer.getInteger("risefall.columns", 0) : 0;
    }

    /** Whether somebody types {@code in} and sees {@code out}. */
    public boolean isTyped() {
        return in == System.in && isTerminal(0) && isTerminal(1);
    }

    /** Prints a message to {@code err}. */
    public void info(String text) {
        err.println(text);
        err.flush();
    }

    /** Prints an error or a warning to {@code err}, prefixed with the program's name. */
    public void error(String text) {
        info("risefall: " + text);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Java 17 only knows whether both stdin and stdout are terminals; Linux knows it for each descriptor. */
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
