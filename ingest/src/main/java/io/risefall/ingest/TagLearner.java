package io.risefall.ingest;

import java.util.Set;

/** Temporary. */
final class TagLearner {
    private TagLearner() {}

    static Set<String> learn(byte[] head, Set<String> configured) {
        return configured;
    }
}
