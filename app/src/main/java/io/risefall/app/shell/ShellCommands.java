package io.risefall.app.shell;

import io.risefall.app.options.EnumConverter;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import io.risefall.query.text.Nearest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** The commands that begin with a backslash, and what they set. */
final class ShellCommands {
    static final List<String> NAMES = List.of("\\?", "\\d", "\\format", "\\q", "\\timing");

    static final List<String> FORMATS = Arrays.stream(ResultFormat.values())
            .filter(format -> !format.isBinary())
            .map(EnumConverter::lower)
            .toList();

    private static final String HELP = """
            a statement ends with a semicolon; Ctrl-C cancels it, Tab completes, Ctrl-D ends the shell
              \\d            the views
              \\d VIEW       the columns of a view
              \\format NAME  how rows are printed: FORMATS
              \\timing       print how long each statement takes, or no more
              \\q            quit
              \\?            this help
            """;

    private static final SqlText VIEWS = SqlText.of("""
            select view_name as view, regexp_extract(comment, '^[^.:]*') as "a row is" from duckdb_views()
            where not internal and schema_name = 'main' order by view_name""");

    private static final String COLUMNS = """
            select column_name as "column", lower(data_type) as type, comment from duckdb_columns()
            where schema_name = 'main' and table_name = $view order by column_index""";

    private final SqlAsker asker;
    private final PrintStream out;
    private final IntSupplier width;
    private ResultFormat format;
    private boolean timing;

    /** @param width of the terminal now, in columns */
    ShellCommands(SqlAsker asker, PrintStream out, IntSupplier width, ResultFormat format) {
        this.asker = asker;
        this.out = out;
        this.width = width;
        this.format = format;
    }

    boolean isTiming() {
        return timing;
    }

    ResultLayout layout() {
        return new ResultLayout(format, width.getAsInt());
    }

    /** Does what a line says that begins with a backslash; false: quit. */
    boolean run(String line) throws Exception {
        String[] words = line.strip().replaceFirst(";$", "").split("\\s+", 2);
        String argument = words.length > 1 ? words[1].strip() : "";
        switch (words[0]) {
            case "\\q" -> {
                return false;
            }
            case "\\?" -> out.print(HELP.replace("FORMATS", String.join(", ", FORMATS)));
            case "\\timing" -> {
                timing = !timing;
                out.println("timing is " + (timing ? "on" : "off"));
            }
            case "\\format" -> format(argument);
            case "\\d" -> describe(argument);
            default ->
                out.println("unknown command " + words[0] + Nearest.hint(words[0], NAMES) + "; \\? lists the commands");
        }
        return true;
    }

    private void format(String name) {
        if (FORMATS.contains(name)) {
            format = ResultFormat.of(name);
        } else if (!name.isEmpty()) {
            out.println("unknown format " + name + "; use one of " + String.join(", ", FORMATS));
            return;
        }
        out.println("format is " + EnumConverter.lower(format));
    }

    private void describe(String view) throws Exception {
        if (view.isEmpty()) {
            asker.ask(VIEWS, table(), out);
            return;
        }
        // DuckDB names the nearest view where there is none of this name.
        SqlText isThere = SqlText.of("from \"" + view.replace("\"", "\"\"") + "\" limit 0");
        asker.ask(isThere, ResultLayout.of(ResultFormat.CSV), OutputStream.nullOutputStream());
        asker.ask(new SqlText(COLUMNS, Map.of("view", view)), table(), out);
    }

    private static ResultLayout table() {
        return ResultLayout.of(ResultFormat.TABLE);
    }
}
