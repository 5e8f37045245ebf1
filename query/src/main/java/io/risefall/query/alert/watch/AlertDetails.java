package io.risefall.query.alert.watch;

import io.risefall.query.alert.model.AlertBackend;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.query.diagnose.Diagnoses;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds to a message what only the warehouse knows: the likely cause, what to do, and what backends have left. One thread. */
final class AlertDetails {
    private static final SqlQuery BACKENDS = new SqlQuery("alert/backends.sql");

    private final Connection warehouse;
    private final ZoneId zone;

    AlertDetails(Connection warehouse, ZoneId zone) {
        this.warehouse = warehouse;
        this.zone = zone;
    }

    AlertMessage of(AlertMessage message) throws SQLException {
        if (message.servers().isEmpty()) {
            return message;
        }
        OutageDiagnosis found = message.transition() == AlertTransition.CLOSED ? null : diagnosis(message);
        List<Step> next = found == null ? List.of() : found.next();
        return new AlertMessage(
                message.alertId(),
                message.sequence(),
                message.transition(),
                message.problem(),
                message.severity(),
                message.flapping(),
                message.at(),
                message.startedAt(),
                message.endedAt(),
                message.title(),
                message.servers(),
                backends(message.backends()),
                message.nodes(),
                message.incidentId(),
                message.outageIds(),
                found == null ? null : found.cause(),
                found == null ? null : found.because(),
                next.isEmpty() ? null : next.get(0).what(),
                next.stream().map(Step::command).filter(Objects::nonNull).toList(),
                message.link());
    }

    /** Of the first outage: what began it tells most. Null: corrected meanwhile, there is no such outage any more. */
    private @Nullable OutageDiagnosis diagnosis(AlertMessage message) throws SQLException {
        return new Diagnoses(warehouse, zone, false).first(message.outageIds(), message.startedAt());
    }

    private List<AlertBackend> backends(List<AlertBackend> named) throws SQLException {
        Map<String, AlertBackend> left = new HashMap<>();
        BACKENDS.query(
                        warehouse,
                        row -> new AlertBackend(row.text("proxy"), row.count("usable"), row.count("configured"), false),
                        named.stream().map(AlertBackend::proxy).toList())
                .forEach(backend -> left.put(backend.proxy(), backend));
        List<AlertBackend> backends = new ArrayList<>();
        for (AlertBackend backend : named) {
            AlertBackend known = left.get(backend.proxy());
            backends.add(
                    known == null
                            ? backend
                            : new AlertBackend(
                                    backend.proxy(),
                                    backend.empty() ? backend.usable() : known.usable(),
                                    known.configured(),
                                    backend.empty()));
        }
        return backends;
    }
}
