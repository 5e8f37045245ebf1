package io.risefall.app.truth.script;

import io.risefall.app.truth.haproxy.Stage;

/** What is done in one run of a real HAProxy. */
@FunctionalInterface
public interface Script {
    void play(Stage stage) throws Exception;
}
