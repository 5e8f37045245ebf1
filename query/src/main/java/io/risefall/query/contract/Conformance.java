package io.risefall.query.contract;

import io.risefall.query.warehouse.facts.FactTable;
import io.risefall.query.warehouse.facts.FactTables;
import io.risefall.query.warehouse.facts.PastDays;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Whether the views say in another engine what they say in DuckDB: the program that finds out. */
public final class Conformance {
    private static final String USAGE = """
        check URL               whether each view is as expected, in the empty database of a JDBC URL
        sql postgresql|duckdb   tables and views for this engine
        facts WAREHOUSE FOLDER  the facts of a warehouse as CSV files, which COPY reads; not while a service writes it\
        """;

    private final PrintStream out;

    Conformance(PrintStream out) {
        this.out = out;
    }

    /** Exit code 0: done, and every view that the engine can have is as expected. 1: one is not. 2: misused. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new Conformance(out).run(List.of(arguments)));
    }

    int run(List<String> arguments) throws SQLException, IOException {
        String command = arguments.isEmpty() ? "" : arguments.get(0) + " " + (arguments.size() - 1);
        return switch (command) {
            case "check 1" -> check(arguments.get(1)) == 0 ? 0 : 1;
            case "sql 1" -> print(Dialect.valueOf(arguments.get(1).toUpperCase(Locale.ROOT)));
            case "facts 2" -> write(arguments.get(1), Path.of(arguments.get(2)));
            default -> {
                out.println(USAGE);
                yield 2;
            }
        };
    }

    private int check(String url) throws SQLException, IOException {
        Optional<Dialect> dialect = Dialect.of(url);
        int wrong = 0;
        try (Connection connection = DriverManager.getConnection(url)) {
            CheckedViews views = new CheckedViews(connection);
            if (dialect.isPresent()) {
                views.make(dialect.get());
            }
            SeededFacts.load(connection);
            for (Map.Entry<String, String> view : ContractViews.files().entrySet()) {
                if (dialect.isPresent() && !dialect.get().makes(view.getValue())) {
                    out.println(view.getKey() + ": left out, needs " + LeftOut.FILES.get(view.getValue()));
                } else {
                    List<String> differences = views.differences(view.getKey());
                    out.println(view.getKey() + (differences.isEmpty() ? ": as expected" : ": differs"));
                    differences.forEach(line -> out.println("    " + line));
                    wrong += differences.isEmpty() ? 0 : 1;
                }
            }
        }
        return wrong;
    }

    private int print(Dialect dialect) {
        dialect.statements().forEach((file, statements) -> {
            if (dialect.makes(file)) {
                statements.forEach(out::println);
            }
        });
        return 0;
    }

    private static int write(String warehouse, Path folder) throws SQLException, IOException {
        Properties readOnly = new Properties();
        readOnly.setProperty("duckdb.read_only", "true");
        Files.createDirectories(folder);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse, readOnly);
                Statement statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            if (!new PastDays(Path.of(warehouse), connection).beginToRead()) {
                throw new IOException("rows of sealed days are not in " + PastDays.FILE + " beside " + warehouse
                        + ": start the service once, which makes it");
            }
            for (FactTable fact : FactTables.v1().tables()) {
                Path file = folder.resolve(fact.table() + ".csv");
                statement.execute("copy store." + fact.table() + " to '"
                        + file.toString().replace("'", "''") + "' (format csv, header, force_quote *)");
            }
        }
        return 0;
    }
}
