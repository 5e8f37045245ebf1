package io.risefall.streams.store;

import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRecord;
import io.risefall.streams.node.Processes;

/** Processor, store and internal topic names: they are part of what is stored, so they change only on purpose. */
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
    /** {@link EntityHistory} per subject; one per server and backend ever seen. */
    public static final String HISTORIES = "server-histories";
    /** What was said and can still be taken back; emptied with the lines. */
    public static final String SAID = "said-records";
    /** {@link Processes} per node. */
    public static final String PROCESSES = "node-processes";
    /** What {@link Processes} follow from, per node; thinned where corrections do not reach back so far. */
    public static final String FACTS = "process-facts";
    /** {@link NodeRecord} per node. */
    public static final String NODES = "nodes-heard";
    /** {@link io.risefall.streams.absence.NodeAbsences} per node. */
    public static final String ABSENCES = "node-absences";
    /** {@link io.risefall.streams.absence.SourceCoverage} per node and proxy, by {@link TrackedEntity#key} of the backend. */
    public static final String CARRIERS = "proxy-carriers";
    /** Subjects whose lines came out of order and are still to be heard again; emptied at every commit. */
    public static final String CORRECTIONS = "pending-corrections";
    /** {@link StoredFormat}; one entry. */
    public static final String FORMAT = "stored-format";

    private Names() {}
}
