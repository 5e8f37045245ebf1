package io.risefall.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlWord;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What can be completed: views, columns, functions and words of SQL, as the warehouse knows them, and commands of the shell. */
final class SqlWords implements Completer {
    private static final ObjectMapper JSON = new ObjectMapper();

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
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            try {
                asker.ask(SqlWord.ALL, ResultLayout.of(ResultFormat.JSON), json);
                Map<String, Candidate> all = new LinkedHashMap<>();
                for (JsonNode row : JSON.readTree(json.toByteArray())) {
                    String word = row.path("word").asText();
                    String kind = row.path("kind").asText();
                    all.putIfAbsent(
                            kind + " " + word, new Candidate(word, word, kind, null, null, null, !word.endsWith("(")));
                }
                words = List.copyOf(all.values());
            } catch (Exception e) {
                return List.of();
            }
        }
        return words;
    }
}
