package io.risefall.streams.backend;

/**
 * The usable servers that a backend has left.
 *
 * @param active active ones
 * @param backup backup ones
 */
record Left(int active, int backup) {
    static final Left NONE = new Left(0, 0);
}
