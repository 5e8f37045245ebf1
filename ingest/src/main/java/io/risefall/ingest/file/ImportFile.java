package io.risefall.ingest.file;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.line.Block;
import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.line.ReaderState;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.time.ZoneLearner;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.Unstamped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file once, from its start or from where an earlier import of the same content stopped, to its end. A last
 * line without a newline is a line, unless a compressed file is cut short. One thread.
 */
public final class ImportFile implements LineSource {
    /** Buffer for the lines that span blocks. */
    private static final int BUFFER = 64 * 1024;

    private final FileSource source;
    private final InputStream stdin;
    private final FileLines lines;
    private final Clock clock;
    private final List<String> notes = new ArrayList<>();

    private @Nullable OpenFile file;
    private @Nullable LineContext context;
    private ReaderState state = new ReaderState();
    private @Nullable LineReader reader;
    private @Nullable BlockPrefetcher blocks;
    private String name;
    private long base;
    private long skippedBytes;
    private boolean atEnd;
    private FileFingerprint fingerprint;

    public ImportFile(FileSource source, InputStream stdin, int longestLine, Clock clock) {
        this.source = source;
        this.stdin = stdin;
        this.lines = new FileLines(BUFFER, longestLine);
        this.clock = clock;
        this.name = source.name();
        this.fingerprint = FileFingerprint.atStart(0, source.how());
    }

    /** Opens the file and refuses it if it is not a log. */
    public void check() throws IOException {
        Instant now = clock.instant();
        boolean named = !streamed();
        if (!source.isStdin() && !Files.exists(source.path())) {
            throw new IngestException("cannot read " + source.path() + ": there is no such file");
        }
        if (Files.isDirectory(source.path())) {
            throw new IngestException("cannot read " + source.path()
                    + ": it is a directory; name the files in it, for example " + source.path() + "/*.log");
        }
        if (!source.isStdin() && !Files.isReadable(source.path())) {
            throw new IngestException("cannot read " + source.path()
                    + ": permission denied; run as a user who may read it (group adm on Debian), or pipe it in with -");
        }
        OpenFile opened = open(now);
        file = opened;
        Compression called = Compression.named(source.path().toString()).orElse(null);
        if (named && called != null && opened.compression() == null && opened.size() > 0) {
            throw new IngestException("cannot read " + source.path() + ": its name ends in " + called.ending()
                    + ", but it is not " + called.title() + "; if it is plain text, rename it");
        }
        byte[] head = opened.head(OpenFile.HEAD);
        if (!named) {
            name = "stdin:"
                    + FileFingerprint.hash(head, Math.min(head.length, FileFingerprint.LENGTH))
                            .substring(0, 16);
        }
        LineContext read = source.context(name, opened.modified(), head).readLate();
        context = read;
        continueWith(new ReaderState(ZoneLearner.learn(head, read)));
        if (Utf16Check.begins(head)) {
            throw new IngestException("cannot read " + shown() + ": it is UTF-16, as PowerShell writes it; convert it: "
                    + "iconv -f UTF-16 -t UTF-8 " + (streamed() ? "" : source.path() + " ") + "| risefall import -");
        }
        if (BinaryCheck.looksBinary(head, read)) {
            throw new IngestException("cannot read " + shown()
                    + ": it looks binary (NUL bytes within its first 8 KiB, and no line with a known header)");
        }
    }

    private void continueWith(ReaderState known) {
        state = known;
        reader = new LineReader(Objects.requireNonNull(context), known);
    }

    private OpenFile open(Instant now) {
        try {
            if (source.isStdin()) {
                return OpenFile.pipe(stdin, now);
            }
            return streamed() ? OpenFile.pipe(Files.newInputStream(source.path()), now) : OpenFile.open(source.path());
        } catch (EOFException | ZipException e) {
            throw new IngestException("cannot read " + shown() + ": its gzip header is damaged or cut short", e);
        } catch (IOException e) {
            throw new IngestException("cannot read " + shown() + ": " + e.getMessage(), e);
        }
    }

    /** Whether it is standard input or a named pipe, as in {@code <(zcat x.gz)}: such input can be read only once, and is identified by its content. */
    public boolean streamed() {
        return source.isStdin() || (!Files.isRegularFile(source.path()) && !Files.isDirectory(source.path()));
    }

    private String shown() {
        return source.isStdin() ? "standard input" : source.path().toString();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ReaderState state() {
        return state;
    }

    @Override
    public @Nullable Unstamped unstamped() {
        return state.unstamped().saved();
    }

    /** Health lines without a timestamp, over all its imports, whose time is unknown. */
    public long unstampedLines() {
        Unstamped saved = unstamped();
        return saved == null ? 0 : saved.lines();
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public boolean atEnd() {
        return atEnd;
    }

    @Override
    public long offset() {
        return lines.offset();
    }

    @Override
    public String file() {
        return fingerprint.toString();
    }

    /** What the user should know about this file. */
    public List<String> notes() {
        return notes;
    }

    /** Bytes skipped because they were read before. */
    public long skippedBytes() {
        return skippedBytes;
    }

    /** Bytes read from the disk. */
    public long rawRead() {
        return file == null ? 0 : file.rawRead();
    }

    public Instant modified() {
        return Objects.requireNonNull(file).modified();
    }

    /** The position furthest into this content, under whatever name; null if there is none. */
    public @Nullable ReadPosition readBefore(KnownFiles known) {
        return known.furthest(Objects.requireNonNull(file), source.how());
    }

    /** The position to keep of the file that had this name before, if {@code saved} is of other content; null if it is of this content. */
    public @Nullable ReadPosition replaced(ReadPosition saved) throws IOException {
        FileFingerprint last = FileFingerprint.parse(saved.file());
        return last == null || saved.offset() <= last.base() || begins(last, saved.offset() - last.base())
                ? null
                : KnownFiles.finished(name, last, saved.offset(), clock.instant());
    }

    private boolean begins(FileFingerprint fingerprint, long inFile) throws IOException {
        return Objects.requireNonNull(file).isFileOf(fingerprint, inFile);
    }

    /** Skips what {@code other}, of the same content under another name, has read already. */
    public void skipTo(ReadPosition other) throws IOException {
        if (KnownFiles.inFile(other) <= skippedBytes) {
            return;
        }
        skip(base, KnownFiles.inFile(other));
        if (other.fileOf() == null) {
            continueWith(ReaderState.ofOther(other));
        }
        notes.add("the same content up to byte " + skippedBytes + " was read before as "
                + (other.fileOf() == null ? other.source() : other.fileOf()));
    }

    /** Continues where {@code saved} stopped if that was this content, else starts at the beginning; see {@link #skipTo}. */
    @Override
    public void rewind(@Nullable ReadPosition saved) throws IOException {
        if (saved == null) {
            return;
        }
        FileFingerprint last = FileFingerprint.parse(saved.file());
        long inFile = last == null ? 0 : saved.offset() - last.base();
        if (last != null && inFile > 0 && begins(last, inFile)) {
            base = last.base();
            skip(base, inFile);
            continueWith(ReaderState.of(saved));
        } else {
            // Other content under the same name: positions keep growing. It can be older, so its times start anew.
            base = saved.offset();
            lines.continueAt(base);
            fingerprint = FileFingerprint.atStart(base, source.how());
        }
    }

    /** Moves forward to byte {@code inFile}. */
    private void skip(long from, long inFile) throws IOException {
        OpenFile opened = Objects.requireNonNull(file);
        // A last line imported without its newline may have it by now: that is not an empty line.
        long next = opened.isAtLineEnd(inFile) ? inFile + 1 : inFile;
        boolean there = opened.skipTo(next);
        skippedBytes = inFile;
        lines.continueAt(from + next);
        fingerprint = opened.fingerprint(from, source.how(), next);
        if (!there) {
            notes.add("it is shorter than the " + inFile + " bytes read before; nothing new");
        }
    }

    @Override
    public boolean read(LineConsumer to) throws IOException {
        OpenFile opened = Objects.requireNonNull(file);
        LineReader with = Objects.requireNonNull(reader);
        Instant now = clock.instant();
        try {
            Block block = blocks(opened).next();
            if (block != null) {
                lines.deliver(block, to, with, now);
                blocks(opened).giveBack(block);
                fingerprint = opened.fingerprint(base, source.how(), offset() - base);
                return true;
            }
            lines.deliverRest(to, with, now);
        } catch (IOException e) {
            Compression compression = opened.compression();
            String how = compression == null ? null : compression.damage(e);
            if (compression == null || how == null) {
                throw e;
            }
            notes.add("its " + compression.title() + " stream is " + how + " at byte "
                    + (lines.readPosition() - base) + " of its content (" + opened.rawRead()
                    + " bytes compressed): everything before was imported, up to byte " + (offset() - base));
            lines.drop();
        }
        to.ended(with);
        fingerprint = opened.fingerprint(base, source.how(), offset() - base);
        atEnd = true;
        return false;
    }

    private BlockPrefetcher blocks(OpenFile opened) {
        if (blocks == null) {
            blocks = new BlockPrefetcher(opened.stream(), streamed(), Objects.requireNonNull(context));
            blocks.start();
        }
        return blocks;
    }

    @Override
    public void close() throws IOException {
        if (blocks != null) {
            blocks.close();
            blocks = null;
        }
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
