package io.risefall.streams.server;

/** What became of a server's state in a reload: the cells of the decision table in {@link FirstMessage}. */
enum ReloadOutcome {
    /** The state lasted until the message. */
    CONTINUED("continued"),
    /** The state lasted until the message, but the new process no longer drains the server. */
    UNDRAINED("continued, not drained"),
    /** The outage lasted until the message, which ends it. */
    RECOVERED("recovered"),
    /** The state ended with the old process; the server was UP from the new one's begin on. */
    ENDED("ended"),
    /** No message can show it any more: the state is unknown from the reload to the message. */
    UNKNOWN("unknown"),
    /** The message does not show it: the next one decides. */
    PENDING("pending"),
    /** There is nothing to decide: no reload is pending, or the message cannot follow that state. */
    NONE("–");

    private final String label;

    ReloadOutcome(String label) {
        this.label = label;
    }

    /** As in the cells of the table in {@code docs/semantics.md}. */
    String label() {
        return label;
    }
}
