package io.risefall.ingest.file;

import io.risefall.ingest.IngestException;
import io.risefall.ingest.line.Block;
import io.risefall.ingest.line.LineContext;
import io.risefall.ingest.line.LineCutter;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.line.Lines;
import io.risefall.schemas.ReadPosition;
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
 * A file read once from its start, or from where an earlier import of the same content stopped, to its end. A last line
 * without an end is a line, except where a packed file is cut short. One thread.
 */
public final class ImportFile implements LineSource {
    /** For the lines that lie across the ends of blocks. */
    private static final int BUFFER = 64 * 1024;

    private final FileSource source;
    private final InputStream stdin;
    private final LineCutter cutter;
    private final Clock clock;
    private final List<String> notes = new ArrayList<>();

    private @Nullable OpenFile file;
    private @Nullable LineContext context;
    private @Nullable LineReader reader;
    private @Nullable BlocksAhead blocks;
    private String name;
    private long base;
    private long skippedBytes;
    private boolean atEnd;
    private FileMark mark;

    public ImportFile(FileSource source, InputStream stdin, int longestLine, Clock clock) {
        this.source = source;
        this.stdin = stdin;
        this.cutter = new LineCutter(BUFFER, longestLine);
        this.clock = clock;
        this.name = source.name();
        this.mark = FileMark.atStart(0, source.how());
    }

    /** Opens it and refuses what is no log. */
    public void check() throws IOException {
        Instant now = clock.instant();
        boolean named = !streamed();
        if (!source.isStdin() && !Files.exists(source.path())) {
            throw new IngestException("cannot read " + source.path() + ": there is no such file");
        }
        if (Files.isDirectory(source.path())) {
            throw new IngestException("cannot read " + source.path() + ": it is a directory; name the files in it, as "
                    + source.path() + "/*.log");
        }
        if (!source.isStdin() && !Files.isReadable(source.path())) {
            throw new IngestException("cannot read " + source.path()
                    + ": permission denied; read it as a user who may (group adm on Debian), or pipe it in with -");
        }
        OpenFile opened = open(now);
        file = opened;
        if (named && source.path().toString().endsWith(".gz") && !opened.packed() && opened.size() > 0) {
            throw new IngestException("cannot read " + source.path()
                    + ": it is called .gz and does not begin like gzip; if it is plain text, rename it");
        }
        byte[] head = opened.head(OpenFile.HEAD);
        if (!named) {
            name = "stdin:"
                    + FileMark.hash(head, Math.min(head.length, FileMark.LENGTH))
                            .substring(0, 16);
        }
        LineContext read = source.context(name, opened.modified(), head);
        context = read;
        reader = new LineReader(read);
        if (Binary.looksBinary(head, read)) {
            throw new IngestException("cannot read " + shown()
                    + ": it looks binary (NUL bytes within its first 8 KiB, and no line with a known header)");
        }
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

    /** Standard input, or a named pipe as in {@code <(zcat x.gz)}: can be read once only, and is known by its content. */
    public boolean streamed() {
        return source.isStdin() || (!Files.isRegularFile(source.path()) && !Files.isDirectory(source.path()));
    }

    /** Whether {@code saved} is of lines read in the same way. */
    public boolean readAlike(ReadPosition saved) {
        FileMark known = FileMark.parse(saved.file());
        return known != null && known.as().equals(source.how());
    }

    private String shown() {
        return source.isStdin() ? "standard input" : source.path().toString();
    }

    @Override
    public String name() {
        return name;
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
        return cutter.position();
    }

    @Override
    public String file() {
        return mark.toString();
    }

    /** What the user should know of this file. */
    public List<String> notes() {
        return notes;
    }

    /** Bytes left out because they had been read before. */
    public long skippedBytes() {
        return skippedBytes;
    }

    /** Bytes taken from the disk. */
    public long rawRead() {
        return file == null ? 0 : file.rawRead();
    }

    public Instant modified() {
        return Objects.requireNonNull(file).modified();
    }

    /** Whether the content up to {@code saved} is what this file begins with. */
    public boolean begins(ReadPosition saved) throws IOException {
        FileMark known = FileMark.parse(saved.file());
        long inFile = known == null ? 0 : saved.offset() - known.base();
        OpenFile opened = Objects.requireNonNull(file);
        if (known == null || inFile <= 0 || !known.startsLike(opened.head(known.headLength()))) {
            return false;
        }
        if (streamed()) {
            return true;
        }
        try (OpenFile again = OpenFile.open(source.path())) {
            return again.isFileOf(known, inFile);
        }
    }

    /** Leaves out what {@code other}, of the same content under another name, has read. */
    public void leaveOut(ReadPosition other) throws IOException {
        FileMark known = Objects.requireNonNull(FileMark.parse(other.file()));
        skip(0, other.offset() - known.base());
        notes.add("the same content up to byte " + skippedBytes + " was read before as " + other.source());
    }

    /** Goes on where {@code saved} stopped if that was this content, else to the beginning. */
    @Override
    public void rewind(@Nullable ReadPosition saved) throws IOException {
        if (saved == null) {
            return;
        }
        FileMark known = FileMark.parse(saved.file());
        if (known != null && begins(saved)) {
            skip(known.base(), saved.offset() - known.base());
        } else {
            // Another content under the same name: positions go on growing.
            base = saved.offset();
            cutter.reset(base);
            mark = FileMark.atStart(base, source.how());
        }
    }

    private void skip(long from, long inFile) throws IOException {
        OpenFile opened = Objects.requireNonNull(file);
        base = from;
        // What was imported as a last line without an end may have got its end since: that is no empty line.
        boolean there = opened.skipTo(opened.isAtLineEnd(inFile) ? inFile + 1 : inFile);
        skippedBytes = inFile;
        cutter.reset(base + (opened.isAtLineEnd(inFile) ? inFile + 1 : inFile));
        mark = opened.mark(base, source.how(), offset() - base);
        if (!there) {
            notes.add("it is shorter than the " + inFile + " bytes read of it before; nothing new");
        }
    }

    @Override
    public boolean read(Lines lines) throws IOException {
        OpenFile opened = Objects.requireNonNull(file);
        LineReader with = Objects.requireNonNull(reader);
        Instant now = clock.instant();
        LineCutter.Taker taker = (b, from, to, at, cut) -> lines.line(with, b, from, to, at, now, null, cut);
        try {
            Block block = blocks(opened).next();
            if (block != null) {
                block.handOver(cutter, taker, with, lines);
                blocks(opened).giveBack(block);
                mark = opened.mark(base, source.how(), offset() - base);
                return true;
            }
            cutter.cutLast(taker);
        } catch (EOFException | ZipException e) {
            notes.add("its gzip stream " + (e instanceof EOFException ? "is cut short" : "is damaged") + " at byte "
                    + (cutter.readPosition() - base) + " of its content (" + opened.rawRead()
                    + " bytes packed): everything before was imported, up to byte " + (offset() - base));
            cutter.reset(offset());
        }
        mark = opened.mark(base, source.how(), offset() - base);
        atEnd = true;
        return false;
    }

    private BlocksAhead blocks(OpenFile opened) {
        if (blocks == null) {
            blocks = new BlocksAhead(opened.stream(), streamed(), Objects.requireNonNull(context));
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
