package io.risefall.app.cli;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.Word;
import io.risefall.app.process.Failure;
import io.risefall.app.serving.Answers;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
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
            "Answers SQL (DuckDB's) over the views servers, states, sightings, outages, checks, events, reasons_hour, "
                    + "server_day, flapping, incidents, backend_outages, role_backends, failovers, leaderless, "
                    + "near_misses, near_miss_day, losses, silences, absences, doubts, processes, nodes, same_hosts, "
                    + "rejected, unknown_headers, ingest, drops, interruptions, gaps and senders.",
            "DESCRIBE outages tells the columns of a view. Works while risefall run runs, and without it."
        })
final class QueryCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SQL", arity = "0..1", description = "one SELECT; without it and -f: standard input")
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
            converter = Word.OfTable.class,
            description =
                    "table, vertical, csv, json or markdown (default: ${DEFAULT-VALUE}). A table that is wider than the"
                            + " terminal is written as vertical.")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--vertical", description = "the same as --format vertical: a line per column")
    private boolean vertical;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "where the days of server_day begin, such as Europe/Berlin (default: this machine's zone)")
    private ZoneId zone = ZoneId.systemDefault();

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
        String question = question();
        if (question.isBlank()) {
            throw new ParameterException(spec.commandLine(), "no SQL given");
        }
        try (Answers answers = Answers.open(common, zone)) {
            answers.query(
                    question,
                    new ResultLayout(vertical ? ResultFormat.VERTICAL : format, terminal.columns()),
                    terminal.out());
        }
        terminal.out().flush();
        return CommandLine.ExitCode.OK;
    }

    private String question() {
        if (sql != null) {
            return sql;
        }
        try {
            return file == null
                    ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Failure("cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new Failure("cannot read " + (file == null ? "standard input" : file) + ": " + Failure.reason(e), e);
        }
    }
}
