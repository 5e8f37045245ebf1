package io.risefall.app.options;

import io.risefall.app.process.CommandException;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.network.journal.JournalLimits;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Size and durability of the journals of network input. */
public final class JournalOptions {
    private static final long MIB = 1024L * 1024;

    @Option(
            names = "--journal-sync",
            paramLabel = "SECONDS",
            converter = SecondsConverter.class,
            description = "how often a journal is synced to disk, which is what a power cut can cost; 0 syncs before "
                    + "anything is acknowledged or read (default: 1)")
    private Duration sync = JournalLimits.DEFAULT.sync();

    @Option(
            names = "--journal-size",
            paramLabel = "MIB",
            description =
                    "maximum size of each source's journal, which takes input while Kafka is unavailable (default: 4096)")
    private long mebibytes = JournalLimits.DEFAULT.bytes() / MIB;

    public IngestSettings in(IngestSettings settings) {
        if (mebibytes < 1) {
            throw new CommandException("--journal-size must be at least 1, in MiB");
        }
        JournalLimits limits =
                settings.limits().journal().withBytes(mebibytes * MIB).withSync(sync);
        return settings.withLimits(settings.limits().withJournal(limits));
    }

    /** Seconds, with up to three decimals. */
    static final class SecondsConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (!value.matches("\\d{1,6}(\\.\\d{1,3})?")) {
                throw new TypeConversionException("invalid number of seconds '" + value + "' (expected e.g. 1 or 0.2)");
            }
            return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
        }
    }
}
