package io.risefall.app.truth;

/** What is done in one run of a real HAProxy. */
@FunctionalInterface
interface Script {
    void play(Stage stage) throws Exception;
}
