package io.risefall.streams.server;

/** What a server was when its process was replaced: the columns of the decision table in {@link FirstMessage}. */
enum BeforeReload {
    UP("UP"),
    DRAIN("drain"),
    MAINTENANCE("maintenance"),
    DOWN("DOWN"),
    /** DOWN, and then a process that ran longer than first checks take and did not report it. */
    DOWN_THEN_SILENT("DOWN, then a silent process");

    private final String label;

    BeforeReload(String label) {
        this.label = label;
    }

    /** As in the head of the table in {@code docs/semantics.md}. */
    String label() {
        return label;
    }
}
