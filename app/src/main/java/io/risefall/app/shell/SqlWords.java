package io.risefall.app.shell;

import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What can be completed: views, columns, functions and words of SQL, as the warehouse knows them, and commands of the shell. */
final class SqlWords implements Completer {
    private static final SqlText WORDS = SqlText.of("""
            select distinct word, kind from (
                select view_name as word, 'views' as kind from duckdb_views() where not internal and schema_name = 'main'
                union all
                select column_name, 'columns' from duckdb_columns() where not internal and schema_name = 'main'
                union all
                select function_name || '(', 'functions' from duckdb_functions() where function_name not like '\\_%' escape '\\'
                union all
                select keyword_name, 'words' from duckdb_keywords())
            where regexp_full_match(word, '[a-z_0-9]+\\(?')
            order by all""");

    private final SqlAsker asker;
    private List<Candidate> words = List.of();

    SqlWords(SqlAsker asker) {
        this.asker = asker;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before =
                line.line().substring(0, Math.min(line.cursor(), line.line().length()));
        if (SqlLines.isCommand(before) && before.strip().indexOf(' ') < 0 && !before.endsWith(" ")) {
            ShellCommands.NAMES.forEach(name -> candidates.add(new Candidate(name)));
        } else if (before.strip().startsWith("\\format")) {
            ShellCommands.FORMATS.forEach(name -> candidates.add(new Candidate(name)));
        } else {
            boolean viewsOnly = SqlLines.isCommand(before);
            words().stream()
                    .filter(word -> !viewsOnly || "views".equals(word.group()))
                    .forEach(candidates::add);
        }
    }

    /** Asked for once; nothing is completed while nobody can say what there is. */
    private List<Candidate> words() {
        if (words.isEmpty()) {
            ByteArrayOutputStream csv = new ByteArrayOutputStream();
            try {
                asker.ask(WORDS, ResultLayout.of(ResultFormat.CSV), csv);
            } catch (Exception e) {
                return List.of();
            }
            words = csv.toString(StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(parts ->
                            new Candidate(parts[0], parts[0], parts[1], null, null, null, !parts[0].endsWith("(")))
                    .toList();
        }
        return words;
    }
}
