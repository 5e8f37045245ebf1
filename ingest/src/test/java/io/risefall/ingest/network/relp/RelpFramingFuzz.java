package io.risefall.ingest.network.relp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The promises of RelpFramingMutationsTest, asked with inputs that a fuzzer finds; how to run it: profile fuzz in pom.xml. */
class RelpFramingFuzz {
    @FuzzTest
    void anyBytes(byte[] bytes) {
        RelpFramingMutationsTest.check(bytes);
        RelpFramingMutationsTest.roundTrip(bytes);
    }
}
