package io.risefall.ingest;

/** Receives the progress of an import. Called from the importing thread, several times a second. */
@FunctionalInterface
public interface ImportProgress {
    /** Ignores the progress. */
    ImportProgress NONE = (read, total, events) -> {};

    /**
     * @param bytesRead bytes read of all files, still compressed
     * @param bytesTotal bytes of all files; -1 if standard input is among them
     * @param events health lines found so far
     */
    void progress(long bytesRead, long bytesTotal, long events);
}
