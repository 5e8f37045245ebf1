package io.risefall.query.alert.engine;

/** What alerts are about; troubles of different groups never share one. */
enum AlertGroup {
    SERVERS,
    /** A role backend without a leader. */
    LEADER,
    NODES,
    PIPELINE;

    static AlertGroup of(Trouble trouble) {
        return switch (trouble.kind()) {
            case DOWN, FLAPPING, LOW -> SERVERS;
            case EMPTY -> trouble.role() ? LEADER : SERVERS;
            case SILENT -> NODES;
            case PIPELINE -> PIPELINE;
        };
    }
}
