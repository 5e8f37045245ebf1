package io.risefall.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a result, and their values as text and JSON. Times are ISO 8601 with their offset. */
final class Cells {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendPattern("HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .optionalEnd()
            .appendOffset("+HH:MM", "+00:00")
            .toFormatter();

    private final List<String> names = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();

    Cells(ResultSetMetaData columns) throws SQLException {
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
            types.add(columns.getColumnType(column));
        }
    }

    List<String> names() {
        return names;
    }

    /** Whether a column, from 1 on, is a number. */
    boolean isNumber(int column) {
        return switch (types.get(column - 1)) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.FLOAT,
                    Types.REAL,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> false;
        };
    }

    /** The value of the current row in a column, from 1 on; null for null. */
    @Nullable String text(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        return value instanceof OffsetDateTime time ? TIME.format(time) : rows.getString(column);
    }

    void json(ResultSet rows, int column, JsonGenerator json) throws SQLException, IOException {
        String text = text(rows, column);
        if (text == null) {
            json.writeNull();
        } else if (types.get(column - 1) == Types.BOOLEAN) {
            json.writeBoolean(rows.getBoolean(column));
        } else if (isNumber(column)) {
            boolean finite = text.chars().noneMatch(Character::isLetter) || text.matches("-?[0-9.]+[eE][-+]?[0-9]+");
            json.writeNumber(finite ? text : "null"); // JSON has no NaN and no infinity
        } else {
            json.writeString(text);
        }
    }
}
