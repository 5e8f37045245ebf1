package io.risefall.query.contract;

import io.risefall.query.sql.SqlFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an engine is told what tables and views there are. */
enum Dialect {
    /** As Risefall itself does it, its other tables included. */
    DUCKDB("jdbc:duckdb:") {
        @Override
        Map<String, List<String>> statements() {
            Map<String, List<String>> statements = new LinkedHashMap<>();
            statements.put(TABLES, List.of("set TimeZone = 'UTC';", SqlFiles.read(SqlFiles.TABLES)));
            SqlFiles.VIEWS.forEach(file -> statements.put(file, List.of(SqlFiles.read(file))));
            return statements;
        }

        @Override
        boolean makes(String file) {
            return true;
        }
    },
    /** Facts, and views over nothing else. Version 15 or later. */
    POSTGRESQL("jdbc:postgresql:") {
        @Override
        Map<String, List<String>> statements() {
            PostgresViews views = new PostgresViews();
            Map<String, List<String>> statements = new LinkedHashMap<>();
            statements.put(FUNCTIONS, List.of(SqlFiles.read(FUNCTIONS)));
            statements.put(TABLES, FactsSql.statements());
            SqlFiles.VIEWS.forEach(file -> statements.put(file, views.statements(SqlFiles.read(file))));
            return statements;
        }

        @Override
        boolean makes(String file) {
            return !LeftOut.FILES.containsKey(file);
        }
    };

    /** What PostgreSQL lacks. */
    static final String FUNCTIONS = "contract/postgresql.sql";

    private static final String TABLES = "tables";

    private final String url;

    Dialect(String url) {
        this.url = url;
    }

    /** Of the engine that a JDBC URL is for. */
    static Optional<Dialect> of(String url) {
        for (Dialect dialect : values()) {
            if (url.startsWith(dialect.url)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /** What makes all in an empty database, in order; views by their file. */
    abstract Map<String, List<String>> statements();

    /** Whether the engine can have what a file makes. */
    abstract boolean makes(String file);
}
