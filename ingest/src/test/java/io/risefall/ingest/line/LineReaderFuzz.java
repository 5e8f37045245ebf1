package io.risefall.ingest.line;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The promises of LineReaderMutationsTest, asked with inputs that a fuzzer finds by what they reach in the code. Every build
 * asks a few thousand; for long, one method at a time: {@code JAZZER_FUZZ=1 ./mvnw -pl ingest -am test
 * -Dtest=LineReaderFuzz#anyBytes -Dsurefire.failIfNoSpecifiedTests=false}, five minutes unless
 * JAZZER_MAX_EXECUTIONS says otherwise.
 */
class LineReaderFuzz {
    @FuzzTest
    void anyBytes(byte[] bytes) {
        LineReaderMutationsTest.read(bytes);
    }

    @FuzzTest
    void whatAClientSends(byte[] bytes) {
        LineReaderMutationsTest.injected(bytes);
    }

    @FuzzTest
    void whatAServerAnswers(byte[] bytes) {
        LineReaderMutationsTest.answered(bytes);
    }
}
