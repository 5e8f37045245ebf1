package io.risefall.app.shell;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlText;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.Objects;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * Reads statements and commands from a terminal and answers them, until the end of the input or {@code \q}. What goes wrong is
 * printed and changes nothing else. One thread; Ctrl-C comes in another.
 */
public final class Shell {
    private static final String PROMPT = "risefall> ";
    private static final String MORE = "%P       > ";

    /**
     * Where JLine finds no native code, it runs stty. Ctrl-C ends the one under way, and interrupts the next when the signal
     * reaches Java later.
     */
    private static final int BROKEN_BY_ONE_SIGNAL = 2;

    private static final Size UNKNOWN = new Size(80, 24);

    private final Terminal terminal;
    private final PrintStream out;
    private final SqlAsker asker;
    private final ShellCommands commands;
    private final LineReader reader;

    /**
     * @param terminal owned by the caller
     * @param history where what was typed is kept
     */
    public Shell(Terminal terminal, CommonOptions common, ZoneId zone, ResultFormat format, Path history) {
        this.terminal = terminal;
        if (terminal.getWidth() <= 0) {
            terminal.setSize(UNKNOWN); // as on a serial line; the reader would fold each line to nothing
        }
        out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        asker = new SqlAsker(common, zone);
        commands = new ShellCommands(asker, out, terminal::getWidth, format);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("risefall")
                .parser(new SqlLines())
                .completer(new SqlWords(asker))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE)
                .variable(LineReader.INDENTATION, 0);
        if (isPrivate(history)) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        reader = builder.build();
    }

    /** Whether there is a file that only its owner can read: what is typed may hold anything. */
    private static boolean isPrivate(Path history) {
        try {
            if (!Files.exists(history)) {
                Files.createFile(
                        history, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return Files.isWritable(history);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Returns at the end. */
    public void run() {
        terminal.handle(Terminal.Signal.INT, signal -> asker.cancel());
        out.println("A statement ends with a semicolon; \\d lists the views, \\? the commands, \\q quits.");
        boolean goesOn = true;
        int broken = 0;
        while (goesOn) {
            asker.expectNext();
            try {
                String line = reader.readLine(PROMPT);
                goesOn = answer(line);
                broken = 0;
            } catch (UserInterruptException e) {
                goesOn = !isStopping(); // Ctrl-C throws away what was typed; SIGTERM comes as the same
            } catch (IOError e) {
                if (++broken > BROKEN_BY_ONE_SIGNAL) {
                    throw e;
                }
                out.println("cancelled");
            } catch (EndOfFileException e) {
                goesOn = false;
            }
        }
    }

    private boolean answer(String line) {
        try {
            if (SqlLines.isCommand(line)) {
                return commands.run(line);
            }
            for (String statement : SqlScan.of(line).all()) {
                long begun = System.nanoTime();
                asker.ask(SqlText.of(statement), commands.layout(), out);
                if (commands.isTiming()) {
                    out.println("Time: " + (System.nanoTime() - begun) / 1_000_000 + " ms");
                }
            }
        } catch (Exception e) {
            out.println(
                    CommandException.isInterruption(e)
                            ? "cancelled"
                            : CommandException.isForUser(e)
                                    ? Objects.requireNonNull(e.getMessage())
                                    : CommandException.reason(e));
            return !isStopping();
        }
        return true;
    }

    private static boolean isStopping() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
