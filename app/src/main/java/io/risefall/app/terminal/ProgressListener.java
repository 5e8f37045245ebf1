package io.risefall.app.terminal;

/** Receives the progress of a long wait, several times a second, in the waiting thread. */
public interface ProgressListener {
    /** Ignores everything. */
    ProgressListener NONE = new ProgressListener() {
        @Override
        public void message(String text) {
            // Ignored.
        }

        @Override
        public void progress(long done, long all) {
            // Ignored.
        }
    };

    /** A sentence for the user when nothing has moved for a while: what is waited for, and what to do. */
    void message(String text);

    /** {@code done} of {@code all} records have been processed. */
    void progress(long done, long all);
}
