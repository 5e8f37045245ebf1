package io.risefall.app.cli;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.EnumConverter;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.shell.Shell;
import io.risefall.app.shell.SqlScan;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall sql}: a shell for SQL over the views of the warehouse. */
@Command(
        name = "sql",
        headerHeading = "Example: risefall sql%n%n",
        description = {
            "Asks for SQL (DuckDB) and answers it, as risefall query does, until \\q or Ctrl-D. A statement ends with a semicolon; "
                    + "Ctrl-C cancels it. Tab completes views, columns, functions and words of SQL. \\? lists the shell's own "
                    + "commands. What was typed is kept in ~/" + SqlCommand.HISTORY
                    + ", unless it begins with a blank.",
            "If standard input or output is no terminal, all statements of standard input are answered in turn, up to the first that "
                    + "fails."
        })
final class SqlCommand implements Callable<Integer> {
    static final String HISTORY = ".risefall_history";

    private final Terminal terminal;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            converter = EnumConverter.OfTable.class,
            description =
                    "table, vertical, csv, json, ndjson or markdown (default: ${DEFAULT-VALUE}). A table wider than the "
                            + "terminal is printed as vertical.")
    private ResultFormat format = ResultFormat.TABLE;

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SqlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (format.isBinary()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--format " + EnumConverter.lower(format) + " is not text; use risefall query -o FILE");
        }
        if (!terminal.isTyped()) {
            answerAll();
            return CommandLine.ExitCode.OK;
        }
        // What cannot be answered at all is said now, and not after the first statement was typed.
        QueryClient.open(common, zone.zone()).close();
        try (org.jline.terminal.Terminal typed =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            Path history = Path.of(System.getProperty("user.home"), HISTORY);
            new Shell(typed, common, zone.zone(), format, history).run();
        }
        return CommandLine.ExitCode.OK;
    }

    private void answerAll() throws Exception {
        List<String> statements = SqlScan.of(read()).all();
        if (statements.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no SQL given");
        }
        try (QueryClient answers = QueryClient.open(common, zone.zone())) {
            for (String statement : statements) {
                answers.query(SqlText.of(statement), new ResultLayout(format, terminal.columns()), terminal.out());
                terminal.out().flush();
            }
        }
    }

    private String read() {
        try {
            return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("cannot read standard input: " + CommandException.reason(e), e);
        }
    }
}
