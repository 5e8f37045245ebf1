package io.risefall.ingest.network.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;

/** The promises of JournalMutationsTest, asked with inputs that a fuzzer finds; how to run it: profile fuzz in pom.xml. */
class JournalFuzz {
    @FuzzTest
    void anyDamage(byte[] bytes) throws IOException {
        JournalMutationsTest.check(Files.createTempDirectory("journal"), bytes);
    }
}
