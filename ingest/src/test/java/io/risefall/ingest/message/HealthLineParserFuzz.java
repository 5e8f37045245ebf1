package io.risefall.ingest.message;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The promises of HealthLineParserMutationsTest, asked with inputs that a fuzzer finds by what they reach in the code. Every build
 * asks a few thousand; for long, one method at a time: {@code JAZZER_FUZZ=1 ./mvnw -pl ingest -am test
 * -Dtest=HealthLineParserFuzz#anyText -Dsurefire.failIfNoSpecifiedTests=false}, five minutes unless
 * JAZZER_MAX_EXECUTIONS says otherwise.
 */
class HealthLineParserFuzz {
    @FuzzTest
    void anyText(byte[] bytes) {
        HealthLineParserMutationsTest.check(bytes);
    }
}
