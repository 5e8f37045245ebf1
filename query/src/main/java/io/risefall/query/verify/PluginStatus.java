package io.risefall.query.verify;

/** The states of the monitoring plugin interface, from good to bad; the worst of several is the answer. */
public enum PluginStatus {
    OK(0),
    WARNING(1),
    UNKNOWN(3),
    /** What is known to be down is worse than what is not known. */
    CRITICAL(2);

    private final int exitCode;

    PluginStatus(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
