package io.risefall.app.options;

import io.risefall.app.process.Failure;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.network.journal.JournalLimits;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How large and how safe the journals of network input are. */
public final class JournalOptions {
    private static final long MIB = 1024L * 1024;

    @Option(
            names = "--journal-sync",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "how often a journal is forced to disk: what a power cut can cost; 0: before anything is "
                    + "acknowledged or read (default: 1)")
    private Duration sync = JournalLimits.DEFAULT.sync();

    @Option(
            names = "--journal-size",
            paramLabel = "MIB",
            description = "room of each source's journal: how much can come while Kafka is away (default: 4096)")
    private long mebibytes = JournalLimits.DEFAULT.bytes() / MIB;

    public IngestSettings in(IngestSettings settings) {
        if (mebibytes < 1) {
            throw new Failure("--journal-size must be at least 1, in MiB");
        }
        JournalLimits limits =
                settings.limits().journal().withBytes(mebibytes * MIB).withSync(sync);
        return settings.withLimits(settings.limits().withJournal(limits));
    }

    /** Whole or broken seconds. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (!value.matches("\\d{1,6}(\\.\\d{1,3})?")) {
                throw new TypeConversionException("'" + value + "' is no number of seconds, such as 1 or 0.2");
            }
            return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
        }
    }
}
