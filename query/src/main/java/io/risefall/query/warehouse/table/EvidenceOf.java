package io.risefall.query.warehouse.table;

import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.Traced;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table of evidence: one line that a record follows from. */
record EvidenceOf(String kind, int nth, Evidence evidence, int leftOut) {
    static List<EvidenceOf> all(Traced record) {
        Provenance provenance = Provenance.known(record.provenance());
        List<EvidenceOf> rows = new ArrayList<>();
        for (Evidence one : provenance.evidence()) {
            rows.add(new EvidenceOf(kind(record), rows.size() + 1, one, provenance.leftOut()));
        }
        return rows;
    }

    private static String kind(Traced record) {
        if (record instanceof Outage) {
            return "outage";
        }
        if (record instanceof BackendOutage) {
            return "backend-outage";
        }
        return record instanceof Rollup ? "rollup" : "state";
    }

    @Nullable String source() {
        return evidence.line() == null ? null : evidence.line().source();
    }

    @Nullable Long position() {
        return evidence.line() == null ? null : evidence.line().position();
    }

    @Nullable Integer repeat() {
        return evidence.line() == null ? null : evidence.line().repeat();
    }
}
