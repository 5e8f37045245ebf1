package io.risefall.streams.backend;

/**
 * The usable servers that a backend has left.
 *
 * @param active active ones
 * @param backup backup ones
 */
record UsableServers(int active, int backup) {
    static final UsableServers NONE = new UsableServers(0, 0);
}
