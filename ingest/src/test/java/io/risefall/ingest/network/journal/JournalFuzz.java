package io.risefall.ingest.network.journal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The promises of JournalMutationsTest, asked with inputs that a fuzzer finds by what they reach in the code. Every build
 * asks some thousands, the profile {@code long} more; to fuzz for long: {@code JAZZER_FUZZ=1 ./mvnw -pl ingest -am test
 * -Dtest=JournalFuzz -Dsurefire.failIfNoSpecifiedTests=false}, five minutes unless JAZZER_MAX_EXECUTIONS says otherwise.
 */
class JournalFuzz {
    /** In memory, where there is that: otherwise most of the time is spent waiting for the disk. */
    private static final Path FOLDER = Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
            .filter(Files::isWritable)
            .findFirst()
            .orElseThrow();

    @FuzzTest
    void anyDamage(byte[] bytes) throws IOException {
        JournalMutationsTest.check(Files.createTempDirectory(FOLDER, "journal"), bytes);
    }
}
