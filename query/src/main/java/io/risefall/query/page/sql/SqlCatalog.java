package io.risefall.query.page.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.risefall.query.sql.SqlWord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be asked for.
 *
 * @param views in the order of their names
 * @param json all words for completion, each an array of its parts in the order of {@link SqlWord}
 */
public record SqlCatalog(List<View> views, byte[] json) {
    /** @param note what a row is, and more */
    public record View(String name, String note, List<SqlWord> columns) {
        /** The note up to its first full stop. */
        public String row() {
            int end = note.indexOf(". ");
            return end < 0 ? note : note.substring(0, end + 1);
        }

        /** What is shown of it without a word of one's own. */
        public String href() {
            return new AskedSql("FROM " + name + " LIMIT 100", name).href();
        }
    }

    static SqlCatalog read(Connection connection) throws SQLException, IOException {
        List<SqlWord> words = SqlWord.read(connection);
        List<View> views = new ArrayList<>();
        for (SqlWord word : words) {
            if (word.isView()) {
                List<SqlWord> columns = words.stream()
                        .filter(SqlWord::isColumn)
                        .filter(column -> column.view().equals(word.word()))
                        .toList();
                views.add(new View(word.word(), word.note(), columns));
            }
        }
        return new SqlCatalog(List.copyOf(views), json(words));
    }

    private static byte[] json(List<SqlWord> words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartArray();
            for (SqlWord word : words) {
                String[] parts = {word.word(), word.kind(), word.view(), word.type(), word.note()};
                json.writeArray(parts, 0, parts.length);
            }
            json.writeEndArray();
        }
        return bytes.toByteArray();
    }
}
