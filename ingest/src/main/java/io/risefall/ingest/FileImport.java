package io.risefall.ingest;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.file.ImportFile;
import io.risefall.ingest.file.KnownFiles;
import io.risefall.ingest.publish.EventSink;
import io.risefall.ingest.publish.Publisher;
import io.risefall.ingest.publish.SinkLostException;
import io.risefall.ingest.tally.Tally;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Publishes files once, plain, gzip, zstd or from standard input. Importing the same content again adds nothing; a file that
 * has grown adds its new lines. What was committed stays when it fails in the middle, and importing again continues from
 * there. Used by one thread, once.
 */
public final class FileImport {
    /** Larger than live batches, because nothing waits for the first line; shorter than Kafka's transaction timeout. */
    private static final int BATCH = 50_000;

    private static final Duration BATCH_WAIT = Duration.ofSeconds(2);
    /** A follower that is silent for three heartbeats is gone. */
    private static final int HEARTBEATS = 3;

    private final IngestLimits limits;
    private final Clock clock;
    private final EventSink sink;
    private final InputStream stdin;
    private final @Nullable Path dataDir;

    public FileImport(IngestSettings settings, Clock clock) {
        this(
                settings.limits(),
                clock,
                new Publisher(
                        settings.kafka(),
                        settings.kafka().names().prefix() + "risefall-import-" + settings.instance(),
                        settings.limits().brokerWait(),
                        clock),
                System.in,
                settings.dataDir());
    }

    FileImport(IngestLimits limits, Clock clock, EventSink sink, InputStream stdin, @Nullable Path dataDir) {
        this.dataDir = dataDir;
        this.limits = limits;
        this.clock = clock;
        this.sink = sink;
        this.stdin = stdin;
    }

    /**
     * Imports {@code files} in this order; one that cannot be read does not stop the others.
     *
     * @throws IngestException if none of them can be read, before anything is imported; or if Kafka fails
     */
    public ImportResult importFiles(List<FileSource> files, ImportProgress progress) {
        Map<FileSource, ImportFile> inputs = new LinkedHashMap<>();
        List<String> unread = new ArrayList<>();
        try (EventSink out = sink;
                FileChannel locked = lock()) {
            for (FileSource file : new LinkedHashSet<>(files)) {
                try {
                    inputs.put(file, checked(file));
                } catch (IngestException e) {
                    unread.add(e.getMessage());
                }
            }
            if (inputs.isEmpty() && !unread.isEmpty()) {
                throw new IngestException(String.join("; ", unread));
            }
            Run run = new Run(opened(out), total(inputs.keySet()), progress);
            List<ImportedFile> done = new ArrayList<>();
            for (Map.Entry<FileSource, ImportFile> input : inputs.entrySet()) {
                try {
                    done.add(run.importOne(input.getKey(), input.getValue()));
                } catch (IngestException e) {
                    unread.add(e.getMessage());
                }
            }
            return new ImportResult(done, unread);
        } catch (IOException e) {
            throw new IngestException("cannot lock " + dataDir + " for the import: " + e.getMessage(), e);
        } catch (SinkLostException e) {
            throw new IngestException(
                    e.getMessage() + "; what was imported so far is safe: import again to continue from there", e);
        } finally {
            inputs.values().forEach(FileImport::close);
        }
    }

    /** Two imports of the same file at the same time would both publish it. */
    private @Nullable FileChannel lock() throws IOException {
        if (dataDir == null) {
            return null;
        }
        Files.createDirectories(dataDir);
        FileChannel file =
                FileChannel.open(dataDir.resolve("import.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
        }
        file.close();
        throw new IngestException("another import into " + dataDir + " is running; try again when it is done");
    }

    private static KnownFiles opened(EventSink out) {
        try {
            KnownFiles known = new KnownFiles();
            known.reset(out.open().values());
            return known;
        } catch (SinkLostException e) {
            throw new IngestException(e.getMessage(), e);
        }
    }

    private ImportFile checked(FileSource source) {
        ImportFile input = new ImportFile(source, stdin, limits.fileLine(), clock);
        try {
            input.check();
            if (!input.streamed()) {
                input.close();
            }
            return input;
        } catch (IOException e) {
            close(input);
            throw new IngestException("cannot read " + source.path() + ": " + e.getMessage(), e);
        } catch (IngestException e) {
            close(input);
            throw e;
        }
    }

    private static long total(Collection<FileSource> files) {
        long total = 0;
        for (FileSource file : files) {
            try {
                if (file.isStdin()) {
                    return -1;
                }
                total += Files.size(file.path());
            } catch (IOException e) {
                return -1;
            }
        }
        return total;
    }

    private static void close(ImportFile input) {
        try {
            input.close();
        } catch (IOException e) {
            throw new IngestException("cannot close " + input.name() + ": " + e.getMessage(), e);
        }
    }

    /** One call: what is known as it grows, and the progress. */
    private final class Run {
        private final KnownFiles known;
        private final long total;
        private final ImportProgress progress;
        private long rawBefore;
        private long eventsBefore;

        Run(KnownFiles known, long total, ImportProgress progress) {
            this.known = known;
            this.total = total;
            this.progress = progress;
        }

        ImportedFile importOne(FileSource source, ImportFile input) {
            SourceReader reader = new SourceReader(input, sink);
            try {
                if (!input.streamed()) {
                    input.check();
                }
                ReadPosition saved = known.get(input.name());
                ReadPosition furthest = input.readBefore(known);
                for (ReadPosition other : new ReadPosition[] {saved, furthest}) {
                    if (other != null && isFollowed(other)) {
                        return followed(source, other);
                    }
                }
                if (saved != null) {
                    keepReplaced(input.replaced(saved));
                }
                reader.rewind(saved);
                if (furthest != null) {
                    input.skipTo(furthest);
                }
                Tally tally = reader.tally();
                long[] start = {
                    tally.lines,
                    tally.events,
                    tally.traffic,
                    tally.foreign,
                    tally.rejected,
                    tally.unknown().lines()
                };
                readAll(input, reader, start[1]);
                ReadPosition position = commit(input, reader);
                ImportNotes.add(input, tally.lines - start[0], tally);
                return new ImportedFile(
                        source,
                        position,
                        input.skippedBytes(),
                        tally.lines - start[0],
                        tally.events - start[1],
                        tally.traffic - start[2],
                        tally.foreign - start[3],
                        tally.rejected - start[4],
                        tally.ofOthers,
                        Math.max(0, tally.sentences),
                        tally.unknown().lines() - start[5],
                        input.notes());
            } catch (IOException e) {
                throw new IngestException(
                        "cannot read " + source.path() + " at byte " + input.offset() + ": " + e.getMessage()
                                + "; what was imported so far is safe: import again to continue from there",
                        e);
            } finally {
                rawBefore += input.rawRead();
                close(input);
            }
        }

        private void readAll(ImportFile input, SourceReader reader, long eventsAtStart) throws IOException {
            Instant begun = clock.instant();
            long published = reader.published();
            while (reader.read()) {
                Instant now = clock.instant();
                progress.progress(
                        rawBefore + input.rawRead(), total, eventsBefore + reader.tally().events - eventsAtStart);
                if (reader.published() - published >= BATCH || now.isAfter(begun.plus(BATCH_WAIT))) {
                    commit(input, reader);
                    begun = now;
                    published = reader.published();
                }
            }
            eventsBefore += reader.tally().events - eventsAtStart;
            progress.progress(rawBefore + input.rawRead(), total, eventsBefore);
        }

        private ReadPosition commit(ImportFile input, SourceReader reader) {
            Instant last = reader.tally().lastLineAt();
            ReadPosition position = reader.position(last == null ? input.modified() : last, false);
            // A file without any line of HAProxy's is no source: nothing of it needs to be known again.
            boolean unrelated = reader.tally().lines == reader.tally().foreign && known.get(input.name()) == null;
            if (!unrelated && !position.equals(known.get(input.name()))) {
                known.put(position);
                reader.publishActivity();
                sink.position(position);
                sink.commit();
            }
            return position;
        }

        /** Under this name is another content now; the one before stays known. */
        private void keepReplaced(@Nullable ReadPosition replaced) {
            if (replaced != null) {
                known.put(replaced);
                sink.position(replaced);
                known.forgetOldest(Objects.requireNonNull(replaced.fileOf())).forEach(sink::forget);
            }
        }

        private boolean isFollowed(ReadPosition saved) {
            Duration silence = Duration.between(saved.asOf(), clock.instant());
            return saved.live() && silence.compareTo(limits.heartbeat().multipliedBy(HEARTBEATS)) < 0;
        }

        private ImportedFile followed(FileSource source, ReadPosition saved) {
            String note =
                    "it is being followed by a running ingester as " + saved.source() + ", which has read it up to "
                            + saved.asOf()
                            + "; nothing to import";
            return new ImportedFile(source, saved, saved.offset(), 0, 0, 0, 0, 0, 0, 0, 0, List.of(note));
        }
    }
}
