package io.risefall.ingest.network.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The promises of JournalMutationsTest, asked with inputs that a fuzzer finds by what they reach in the code. Every build
 * asks some thousands, the profile {@code long} more; to fuzz for long: {@code JAZZER_FUZZ=1 ./mvnw -pl ingest -am test
 * -Dtest=JournalFuzz -Dsurefire.failIfNoSpecifiedTests=false}, five minutes unless JAZZER_MAX_EXECUTIONS says otherwise.
 */
class JournalFuzz {
    @FuzzTest
    void anyDamage(byte[] bytes) throws IOException {
        JournalMutationsTest.check(Files.createTempDirectory("journal"), bytes);
    }
}
