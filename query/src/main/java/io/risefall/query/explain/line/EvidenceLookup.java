package io.risefall.query.explain.line;

import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The lines that records follow from, as streams recorded them. */
public final class EvidenceLookup {
    private static final SqlQuery EVIDENCE = new SqlQuery("report/explain/evidence.sql");

    private final Map<String, List<EvidenceRow>> byKey = new HashMap<>();

    private EvidenceLookup() {}

    /** @param nodes by the key of the record, its node */
    public static EvidenceLookup of(Connection views, Map<String, String> nodes) throws SQLException {
        EvidenceLookup found = new EvidenceLookup();
        if (!nodes.isEmpty()) {
            Map<String, String> inOrder = new TreeMap<>(nodes);
            EVIDENCE.query(views, EvidenceRow::read, List.copyOf(inOrder.keySet()), List.copyOf(inOrder.values()))
                    .forEach(row -> found.byKey
                            .computeIfAbsent(row.recordKey(), any -> new ArrayList<>())
                            .add(row));
        }
        return found;
    }

    /** Of one record, in the order in which streams applied them. Nothing if an older build recorded it. */
    public List<EvidenceRow> of(String recordKey) {
        return byKey.getOrDefault(recordKey, List.of());
    }

    /** The lines themselves. */
    static List<EventRow> lines(List<EvidenceRow> evidence) {
        return evidence.stream()
                .map(EvidenceRow::line)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
