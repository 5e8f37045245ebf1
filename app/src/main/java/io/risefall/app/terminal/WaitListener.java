package io.risefall.app.terminal;

/** Hears of a long wait, several times a second, from the thread that waits. */
public interface WaitListener {
    /** Hears nothing. */
    WaitListener NONE = new WaitListener() {
        @Override
        public void tell(String text) {
            // Nobody listens.
        }

        @Override
        public void progress(long done, long all) {
            // As above.
        }
    };

    /** Takes a sentence for a person, when nothing has moved for a while: what is waited for, and what to do. */
    void tell(String text);

    /** So many of all records have been processed. */
    void progress(long done, long all);
}
