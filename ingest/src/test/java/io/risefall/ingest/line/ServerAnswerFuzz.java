package io.risefall.ingest.line;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The promises of LineReaderMutationsTest about what a server answers, asked with inputs that a fuzzer finds by what they reach in the code. Every build
 * asks some thousands, the profile {@code long} more; to fuzz for long: {@code JAZZER_FUZZ=1 ./mvnw -pl ingest -am test
 * -Dtest=ServerAnswerFuzz -Dsurefire.failIfNoSpecifiedTests=false}, five minutes unless JAZZER_MAX_EXECUTIONS says otherwise.
 */
class ServerAnswerFuzz {
    @FuzzTest
    void whatAServerAnswers(byte[] bytes) {
        LineReaderMutationsTest.answered(bytes);
    }
}
