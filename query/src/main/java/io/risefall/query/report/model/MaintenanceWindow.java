package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.risefall.query.report.cause.Diagnosis;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance or drain: planned, or wanted by DNS.
 *
 * @param node the node that has it; null where several do
 * @param lastsMs its whole length so far
 * @param forgotten it lasts at the end of the period, and for longer than is usual
 * @param explain what {@code risefall explain} is asked, in the zone of the report, for its lines; null for several nodes
 */
public record MaintenanceWindow(
        @Nullable String node,
        String proxy,
        String server,
        SeenBy seenBy,
        Health state,
        Instant from,
        @Nullable Instant to,
        long lastsMs,
        long inDayMs,
        boolean forgotten,
        String cause,
        Diagnosis diagnosis,
        @Nullable String explain) {
    public static final SectionKey<MaintenanceWindow> SECTION = new SectionKey<>("maintenance");

    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }
}
