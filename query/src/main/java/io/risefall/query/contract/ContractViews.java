package io.risefall.query.contract;

import io.risefall.query.sql.SqlFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The views that users rely on. Those of the schema {@code store} are for other views only. */
final class ContractViews {
    private ContractViews() {}

    /** The file of each, by name, in the order in which they are made. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : SqlFiles.VIEWS) {
            for (List<Token> statement : Token.statements(SqlFiles.read(file))) {
                if (statement.get(3).is("view") && !statement.get(5).is(".")) {
                    files.put(statement.get(4).text(), file);
                }
            }
        }
        return files;
    }
}
