package io.risefall.ingest.file;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** How a file is compressed, recognized by its first bytes. Risefall decompresses two kinds; for the others it names a tool. */
enum Compression {
    GZIP("gzip", ".gz", "1f8b", "zcat"),
    ZSTD("zstd", ".zst", "28b52ffd", "zstdcat"),
    BZIP2("bzip2", ".bz2", "425a68", "bzcat"),
    XZ("xz", ".xz", "fd377a585a00", "xzcat"),
    LZ4("lz4", ".lz4", "04224d18", "lz4cat"),
    ZIP("zip", ".zip", "504b0304", "unzip -p");

    /** Bytes needed to recognize every kind. */
    static final int MAGIC = 6;

    private static final int BUFFER = 64 * 1024;

    private final String title;
    private final String ending;
    private final byte[] magic;
    private final String tool;

    Compression(String title, String ending, String magic, String tool) {
        this.title = title;
        this.ending = ending;
        this.magic = HexFormat.of().parseHex(magic);
        this.tool = tool;
    }

    /** The kind of a file that begins with {@code first}; null for a plain file. */
    static @Nullable Compression of(byte[] first) {
        for (Compression compression : values()) {
            if (first.length >= compression.magic.length
                    && Arrays.equals(
                            first, 0, compression.magic.length, compression.magic, 0, compression.magic.length)) {
                return compression;
            }
        }
        return null;
    }

    /** The kind that the file name {@code name} promises. */
    static Optional<Compression> named(String name) {
        return List.of(values()).stream()
                .filter(compression -> name.endsWith(compression.ending))
                .findFirst();
    }

    /** The usual end of the file name: {@code .gz}. */
    String ending() {
        return ending;
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /**
     * The decompressed bytes. Several members or frames are one stream.
     *
     * @param shown the file's name for people
     * @throws IOException also for a kind that Risefall cannot decompress; the message says what to do
     */
    InputStream decompress(InputStream compressed, String shown) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(compressed, BUFFER);
            case ZSTD -> new ZstdInputStream(compressed);
            case BZIP2, XZ, LZ4, ZIP ->
                throw new IOException(
                        "it is compressed with " + title + ", which Risefall cannot decompress; pipe it in: " + tool
                                + " " + shown + " | risefall import -");
        };
    }

    /** What {@code e} means for the compressed bytes: "cut short" or "damaged"; null for any other error. */
    @Nullable String damage(IOException e) {
        String text = String.valueOf(e.getMessage());
        if (e instanceof EOFException || (e instanceof ZstdIOException && text.contains("Truncated"))) {
            return "cut short";
        }
        return e instanceof ZipException || e instanceof ZstdIOException ? "damaged" : null;
    }
}
