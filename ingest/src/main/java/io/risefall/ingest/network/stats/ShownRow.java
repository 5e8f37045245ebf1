package io.risefall.ingest.network.stats;

import io.risefall.schemas.key.ServerName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A row of {@code show stat} or {@code show servers state}: only the columns that are read here, as an answer may be long. */
final class ShownRow {
    private static final List<String> READ = List.of(
            "pxname",
            "svname",
            "status",
            "bck",
            "tracked",
            "type",
            "check_status",
            "check_code",
            "check_duration",
            "be_name",
            "srv_name",
            "srv_addr",
            "srv_admin_state",
            "srv_fqdn",
            "srv_port");
    /** HAProxy 3.2 has 105. */
    private static final int MOST_COLUMNS = 500;

    private final String[] cells;

    private ShownRow(String[] cells) {
        this.cells = cells;
    }

    /** Columns are found by their names, as versions add some. Those that can be quoted stand behind all that are read here. */
    static List<ShownRow> rows(String table, char separator) {
        List<ShownRow> rows = new ArrayList<>();
        Pattern between = Pattern.compile(String.valueOf(separator), Pattern.LITERAL);
        List<Integer> columns = List.of();
        int last = 0;
        int from = 0;
        while (from < table.length()) {
            int end = table.indexOf('\n', from);
            String line = table.substring(from, end < 0 ? table.length() : end);
            if (from == 0) {
                List<String> names =
                        Arrays.asList(between.split(line.substring(2).toLowerCase(Locale.ROOT), MOST_COLUMNS));
                columns = READ.stream().map(names::indexOf).toList();
                last = columns.stream().mapToInt(Integer::intValue).max().orElse(0);
            } else if (line.indexOf(separator) >= 0) {
                rows.add(of(between.split(line, last + 2), columns));
            }
            from = end < 0 ? table.length() : end + 1;
        }
        return rows;
    }

    private static ShownRow of(String[] line, List<Integer> columns) {
        String[] cells = new String[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            int at = columns.get(i);
            cells[i] = at < 0 || at >= line.length || line[at].isEmpty() ? "" : line[at];
        }
        return new ShownRow(cells);
    }

    String text(String column) {
        return cells[READ.indexOf(column)];
    }

    /** Of {@code show stat}. */
    ServerName name() {
        return new ServerName(text("pxname"), text("svname"));
    }
}
