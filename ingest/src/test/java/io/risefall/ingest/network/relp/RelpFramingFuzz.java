package io.risefall.ingest.network.relp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The promises of RelpFramingMutationsTest, asked with inputs that a fuzzer finds by what they reach in the code. Every build
 * asks some thousands, the profile {@code long} more; to fuzz for long: {@code JAZZER_FUZZ=1 ./mvnw -pl ingest -am test
 * -Dtest=RelpFramingFuzz -Dsurefire.failIfNoSpecifiedTests=false}, five minutes unless JAZZER_MAX_EXECUTIONS says otherwise.
 */
class RelpFramingFuzz {
    @FuzzTest
    void anyBytes(byte[] bytes) {
        RelpFramingMutationsTest.check(bytes);
        RelpFramingMutationsTest.roundTrip(bytes);
    }
}
