package io.risefall.ingest.network;

import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.line.ReaderState;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.line.entry.EntryJoiner;
import io.risefall.ingest.network.journal.AbsenceRecord;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.network.journal.JournalRecord;
import io.risefall.ingest.network.journal.ObservationRecord;
import io.risefall.ingest.network.stats.ToldText;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a {@link Journal} as a source: one line per message. One thread. */
public final class JournalSource implements LineSource {
    private static final Logger LOG = LoggerFactory.getLogger(JournalSource.class);

    private static final String DAMAGED = "messages lost: damaged in the journal";

    private static final int BLOCK = 1024 * 1024;

    private final String name;
    private final Journal journal;
    private final JournalInput input;
    private final LineContext context;
    private final @Nullable EntryJoiner entries;
    private final ByteBuffer block;

    private @Nullable FileChannel channel;
    private @Nullable Path open;
    private long segment;
    private long position;
    private boolean atEnd;
    private Journal.Backlog backlog = new Journal.Backlog(0, 0);
    private long readSinceRewind;
    private ReaderState state = new ReaderState();
    private LineReader reader;
    /** Values of the line before, reused so that a line of traffic costs no object. */
    private Instant lastReceivedAt = Instant.EPOCH;

    private byte[] lastSenderBytes = {};
    private String lastSender = "";

    /** For messages of any senders, one line each. */
    public JournalSource(String name, Journal journal, JournalInput input, int longestMessage, LineDefaults lines) {
        this(name, journal, input, longestMessage, lines, false);
    }

    /** @param entries whether the lines are of one writer, in order, so that an entry can span several */
    public JournalSource(
            String name, Journal journal, JournalInput input, int longestMessage, LineDefaults lines, boolean entries) {
        this.entries = entries ? new EntryJoiner(false) : null;
        this.name = name;
        this.journal = journal;
        this.input = input;
        this.context = new LineContext(name, lines, null);
        this.reader = new LineReader(context, state);
        // A whole record must fit: message, sender and header.
        this.block = ByteBuffer.allocate(Math.max(BLOCK, 2 * longestMessage + 1024));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public boolean atEnd() {
        return atEnd;
    }

    @Override
    public long offset() {
        return entries == null || entries.heldFrom() < 0 ? position : entries.heldFrom();
    }

    @Override
    public @Nullable String file() {
        return null;
    }

    @Override
    public void rewind(@Nullable ReadPosition saved) throws IOException {
        close();
        atEnd = false;
        position = saved == null ? 0 : saved.offset();
        journal.reach(position);
        if (position < journal.start()) {
            if (saved != null) {
                LOG.warn("{}: bytes {} to {} are no longer in the journal", name, position, journal.start());
            } else {
                LOG.warn(
                        "{}: this Kafka has no position for it; bytes 0 to {} of its journal were published to"
                                + " another Kafka"
                                + " and are deleted",
                        name,
                        journal.start());
            }
            position = journal.start();
        }
        journal.release(position);
        input.restore(Arrivals.of(saved));
        backlog = journal.backlog(position);
        readSinceRewind = 0;
        state = ReaderState.of(saved);
        reader = new LineReader(context, state);
        if (entries != null) {
            entries.forget();
        }
    }

    @Override
    public ReaderState state() {
        return state;
    }

    @Override
    public Arrivals arrivals() {
        return input.arrivals(waiting());
    }

    private long waiting() {
        return backlog.unread() + journal.appended() - backlog.appended() - readSinceRewind;
    }

    @Override
    public boolean read(LineConsumer lines) throws IOException {
        try {
            journal.flush();
        } catch (IOException e) {
            // On a full disk only reading can make room.
            if (position >= journal.readable()) {
                throw e;
            }
        }
        long readable = journal.readable();
        if (position >= readable) {
            atEnd = true;
            return false;
        }
        atEnd = false;
        Map.Entry<Long, Path> entry = journal.segmentOf(position);
        if (channel == null || !entry.getValue().equals(open)) {
            close();
            channel = FileChannel.open(entry.getValue(), StandardOpenOption.READ);
            open = entry.getValue();
            segment = entry.getKey();
        }
        block.clear();
        // Only what was flushed: the rest may be half a record.
        block.limit((int) Math.min(block.capacity(), readable - position));
        channel.read(block, position - segment);
        records(block.flip(), lines);
        return true;
    }

    private void records(ByteBuffer bytes, LineConsumer lines) throws IOException {
        long before = position;
        while (bytes.remaining() >= JournalRecord.HEADER) {
            int at = bytes.position();
            int length = bytes.getInt(at);
            boolean nonsense = length < JournalRecord.FIXED || length > bytes.capacity() - JournalRecord.HEADER;
            if (!nonsense && bytes.remaining() < JournalRecord.HEADER + length) {
                break;
            }
            if (nonsense
                    || JournalRecord.checksum(bytes.array(), at + JournalRecord.HEADER, length)
                            != bytes.getInt(at + 4)) {
                damaged(lines);
                return;
            }
            if (!JournalRecord.hasWholeSender(bytes, at + JournalRecord.HEADER, length)) {
                // It is as it was written, and what follows can be read. As much as a message it is waited for.
                input.drops().count(DAMAGED);
                readSinceRewind++;
            } else if (!note(bytes, at + JournalRecord.HEADER, length, lines)) {
                record(bytes, at + JournalRecord.HEADER, length, lines);
                readSinceRewind++;
            }
            bytes.position(at + JournalRecord.HEADER + length);
            position += JournalRecord.HEADER + length;
        }
        if (position == before) {
            damaged(lines);
        }
    }

    private boolean note(ByteBuffer bytes, int at, int length, LineConsumer lines) {
        int senderLength = bytes.getShort(at + 8);
        int from = at + JournalRecord.FIXED;
        if (senderLength <= 0 || bytes.get(from) != JournalRecord.NOTE.charAt(0)) {
            return false;
        }
        String sender = new String(bytes.array(), from, senderLength, StandardCharsets.ISO_8859_1);
        int text = from + senderLength;
        String written = new String(bytes.array(), text, at + length - text, StandardCharsets.UTF_8);
        AbsenceRecord absence = AbsenceRecord.of(sender, written);
        if (absence != null) {
            lines.absent(absence.from(), absence.to(), absence.why());
        }
        ObservationRecord told = ObservationRecord.of(sender, written);
        if (told != null && !ToldText.isName(told.observed().server())) {
            // Earlier versions wrote it.
            input.drops().count(ToldText.UNUSABLE);
        } else if (told != null) {
            lines.observed(told, context.defaults().node(), position, Instant.ofEpochMilli(bytes.getLong(at)));
        }
        return true;
    }

    private void record(ByteBuffer bytes, int at, int length, LineConsumer lines) {
        long receivedMillis = bytes.getLong(at);
        if (receivedMillis != lastReceivedAt.toEpochMilli()) {
            lastReceivedAt = Instant.ofEpochMilli(receivedMillis);
        }
        int senderLength = bytes.getShort(at + 8);
        int senderAt = at + 10;
        int from = senderAt + senderLength;
        if (!Arrays.equals(bytes.array(), senderAt, from, lastSenderBytes, 0, lastSenderBytes.length)) {
            lastSenderBytes = Arrays.copyOfRange(bytes.array(), senderAt, from);
            lastSender = new String(lastSenderBytes, StandardCharsets.ISO_8859_1);
        }
        String sender = lastSender.isEmpty() ? null : lastSender;
        if (entries == null) {
            lines.line(reader, bytes.array(), from, at + length, position, lastReceivedAt, sender, false);
        } else {
            entries.line(lines, reader, bytes.array(), from, at + length, position, lastReceivedAt, sender, false);
        }
    }

    /** After a damaged record, nothing more of its segment can be found, but the next segment can. */
    private void damaged(LineConsumer lines) throws IOException {
        if (entries != null) {
            entries.end(lines);
        }
        Map.@Nullable Entry<Long, Path> next = journal.segmentAfter(position);
        long to = next == null ? journal.readable() : next.getKey();
        LOG.error("{}: damaged at {}; bytes up to {} cannot be read and are skipped", open, position, to);
        long waiting = waiting();
        position = to;
        backlog = journal.backlog(position);
        readSinceRewind = 0;
        input.drops().count(DAMAGED, Math.max(1, waiting - waiting()));
    }

    @Override
    public void published(long offset) {
        try {
            journal.release(offset);
        } catch (IOException e) {
            LOG.warn("{}: cannot delete what is published: {}; trying again after the next commit", name, e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
            open = null;
        }
    }
}
