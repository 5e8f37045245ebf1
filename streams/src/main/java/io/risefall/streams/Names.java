package io.risefall.streams;

/** Processor, store and internal topic names: they are part of what is stored, so they change only on purpose. */
final class Names {
    static final String READ_EVENTS = "read-events";
    static final String READ_SIGNS = "read-signs";
    static final String READ_ABSENCES = "read-absences";
    static final String TRACK_HEALTH = "track-health";
    static final String WRITE_STATES = "write-states";
    static final String WRITE_ROLLUPS = "write-rollups";
    static final String WRITE_FLAPPING = "write-flapping";

    /** Lines that can still be corrected; emptied by {@code Rules.corrections}. */
    static final String LINES = "health-lines";
    /** {@link History} per subject; one per server and backend ever seen. */
    static final String HISTORIES = "server-histories";
    /** What was said and can still be taken back; emptied with the lines. */
    static final String SAID = "said-records";
    /** {@link Processes} per node. */
    static final String PROCESSES = "node-processes";
    /** What {@link Processes} follow from, per node; thinned where corrections do not reach back so far. */
    static final String FACTS = "process-facts";
    /** {@link NodeMemory} per node. */
    static final String NODES = "nodes-heard";
    /** {@link io.risefall.streams.absence.NodeAbsences} per node. */
    static final String ABSENCES = "node-absences";
    /** {@link io.risefall.streams.absence.Carriers} per node and proxy, by {@link Subject#key} of the backend. */
    static final String CARRIERS = "proxy-carriers";
    /** Subjects whose lines came out of order and are still to be heard again; emptied at every commit. */
    static final String CORRECTIONS = "pending-corrections";
    /** {@link StoredFormat}; one entry. */
    static final String FORMAT = "stored-format";

    private Names() {}
}
