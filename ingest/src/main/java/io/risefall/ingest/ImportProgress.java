package io.risefall.ingest;

/** Hears how far an import is. Called from the importing thread, several times a second. */
@FunctionalInterface
public interface ImportProgress {
    /** Hears nothing. */
    ImportProgress NONE = (read, total, events) -> {};

    /**
     * @param bytesRead bytes read of all files, compressed where they are
     * @param bytesTotal bytes of all files; -1 where standard input is among them
     * @param events health lines found so far
     */
    void progress(long bytesRead, long bytesTotal, long events);
}
