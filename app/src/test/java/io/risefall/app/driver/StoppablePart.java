package io.risefall.app.driver;

import java.util.List;
import java.util.Optional;

/** A process of an installation that can be taken away and brought back. */
public interface StoppablePart {
    String name();

    /** Returns when it was launched, which is before it works. */
    void start() throws Exception;

    /** The process, while there is one. */
    Optional<ProcessHandle> process();

    /** SIGKILL; returns when it is gone. */
    void kill() throws Exception;

    /** SIGTERM; returns its exit code when it is gone. */
    int stop() throws Exception;

    /** What it has printed. */
    String output();

    /** When it ended without having been asked to, and why. */
    List<String> ownEnds();
}
