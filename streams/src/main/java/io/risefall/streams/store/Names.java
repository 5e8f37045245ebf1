package io.risefall.streams.store;

import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRecord;
import io.risefall.streams.node.Processes;

/** Names of processors, stores and internal topics: they are part of what is stored, so they change only on purpose. */
public final class Names {
    public static final String READ_EVENTS = "read-events";
    public static final String READ_SIGNS = "read-signs";
    public static final String READ_ABSENCES = "read-absences";
    public static final String TRACK_HEALTH = "track-health";
    public static final String WRITE_STATES = "write-states";
    public static final String WRITE_ROLLUPS = "write-rollups";
    public static final String WRITE_FLAPPING = "write-flapping";

    /** Lines that can still be corrected; emptied by {@code Rules.corrections}. */
    public static final String LINES = "health-lines";
    /** {@link EntityHistory} per entity; one per server and backend ever seen. */
    public static final String HISTORIES = "server-histories";
    /** What {@link EmittedRecords} sent and can still correct; emptied with the lines. */
    public static final String EMITTED = "said-records";
    /** {@link Processes} per node. */
    public static final String PROCESSES = "node-processes";
    /** The facts that {@link Processes} follow from, per node; thinned out beyond the reach of corrections. */
    public static final String FACTS = "process-facts";
    /** {@link NodeRecord} per node. */
    public static final String NODES = "nodes-heard";
    /** {@link io.risefall.streams.absence.NodeAbsences} per node. */
    public static final String ABSENCES = "node-absences";
    /** {@link io.risefall.streams.absence.SourceCoverage} per node and proxy, by {@link TrackedEntity#key} of the backend. */
    public static final String CARRIERS = "proxy-carriers";
    /** Entities with late lines that must still be replayed; emptied at every commit. */
    public static final String CORRECTIONS = "pending-corrections";
    /** {@link Checkpoint}s of entities; emptied with the lines. */
    public static final String CHECKPOINTS = "checkpoints";
    /** {@link BeforeCommit}; holds nothing. */
    public static final String BEFORE_COMMIT = "before-commit";
    /** {@link StoredFormat}; one entry. */
    public static final String FORMAT = "stored-format";

    private Names() {}
}
