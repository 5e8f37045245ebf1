package io.risefall.app.cli;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.EnumConverter;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.file.AtomicFile;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
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
                    "table, vertical, csv, json, ndjson, markdown or parquet (default: ${DEFAULT-VALUE}). A table wider than the"
                            + " terminal is printed as vertical; parquet needs -o FILE.")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--vertical", description = "same as --format vertical: one line per column")
    private boolean vertical;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description =
                    "value of $NAME in the SQL; repeatable. It is text: DuckDB converts it where it is compared, elsewhere "
                            + "write a cast, such as $n::int")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "write the rows to this file, which is replaced only once they are complete (default: standard output)")
    private @Nullable Path output;

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
        ResultFormat wanted = vertical ? ResultFormat.VERTICAL : format;
        if (wanted.isBinary() && output == null) {
            throw new ParameterException(
                    spec.commandLine(), "--format " + EnumConverter.lower(wanted) + " needs -o FILE: it is not text");
        }
        SqlText asked = new SqlText(statement, parameters);
        try (QueryClient answers = QueryClient.open(common, zone.zone())) {
            if (output == null) {
                answers.query(asked, new ResultLayout(wanted, terminal.columns()), terminal.out());
                terminal.out().flush();
            } else {
                write(answers, asked, wanted, output);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static void write(QueryClient answers, SqlText asked, ResultFormat wanted, Path file) throws Exception {
        try {
            AtomicFile.write(file, out -> answers.query(asked, ResultLayout.of(wanted), out));
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + CommandException.reason(e), e);
        }
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
