package io.risefall.app.cli;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.EnumConverter;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall query}: SQL over the views of the warehouse. */
@Command(
        name = "query",
        headerHeading = "Example: risefall query \"FROM outages ORDER BY started_at DESC LIMIT 10\"%n%n",
        description = {
            "Runs SQL (DuckDB) over Risefall's views, such as outages, states, incidents and server_day. Works with or "
                    + "without a running risefall run.",
            "List the views:   risefall query \"SELECT view_name, comment FROM duckdb_views() WHERE NOT internal\"",
            "List the columns: risefall query \"DESCRIBE outages\""
        })
final class QueryCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "SQL",
            arity = "0..1",
            description = "one SELECT statement (default: read from -f FILE or standard input)")
    private @Nullable String sql;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "read the SQL from this file")
    private @Nullable Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            converter = EnumConverter.OfTable.class,
            description =
                    "table, vertical, csv, json or markdown (default: ${DEFAULT-VALUE}). A table wider than the terminal is"
                            + " printed as vertical.")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--vertical", description = "same as --format vertical: one line per column")
    private boolean vertical;

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (sql != null && file != null) {
            throw new ParameterException(spec.commandLine(), "give SQL or -f FILE, not both");
        }
        String statement = statement();
        if (statement.isBlank()) {
            throw new ParameterException(spec.commandLine(), "no SQL given");
        }
        try (QueryClient answers = QueryClient.open(common, zone.zone())) {
            answers.query(
                    statement,
                    new ResultLayout(vertical ? ResultFormat.VERTICAL : format, terminal.columns()),
                    terminal.out());
        }
        terminal.out().flush();
        return CommandLine.ExitCode.OK;
    }

    private String statement() {
        if (sql != null) {
            return sql;
        }
        try {
            return file == null
                    ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandException("cannot read " + file + ": no such file", e);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot read " + (file == null ? "standard input" : file) + ": " + CommandException.reason(e), e);
        }
    }
}
