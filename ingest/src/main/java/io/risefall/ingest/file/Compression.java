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

/** How a file is packed, told by its first bytes. Two kinds are unpacked here; of the others the tool is named that does. */
enum Compression {
    GZIP("gzip", ".gz", "1f8b", "zcat"),
    ZSTD("zstd", ".zst", "28b52ffd", "zstdcat"),
    BZIP2("bzip2", ".bz2", "425a68", "bzcat"),
    XZ("xz", ".xz", "fd377a585a00", "xzcat"),
    LZ4("lz4", ".lz4", "04224d18", "lz4cat"),
    ZIP("zip", ".zip", "504b0304", "unzip -p");

    /** The longest of the first bytes that tell. */
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

    /** That of a file that begins with {@code first}; null for a plain one. */
    static @Nullable Compression of(byte[] first) {
        for (Compression packing : values()) {
            if (first.length >= packing.magic.length
                    && Arrays.equals(first, 0, packing.magic.length, packing.magic, 0, packing.magic.length)) {
                return packing;
            }
        }
        return null;
    }

    /** That which a file called {@code name} should have. */
    static Optional<Compression> named(String name) {
        return List.of(values()).stream()
                .filter(packing -> name.endsWith(packing.ending))
                .findFirst();
    }

    /** As at the end of names: {@code .gz}. */
    String ending() {
        return ending;
    }

    /** As people call it. */
    String title() {
        return title;
    }

    /**
     * The unpacked bytes; several members or frames are one stream.
     *
     * @param shown the file's name for people
     * @throws IOException also for a kind that is not unpacked here, with what to do
     */
    InputStream unpack(InputStream packed, String shown) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(packed, BUFFER);
            case ZSTD -> new ZstdInputStream(packed);
            case BZIP2, XZ, LZ4, ZIP ->
                throw new IOException("it is packed as " + title + ", which is not unpacked here; pipe it in: " + tool
                        + " " + shown + " | risefall import -");
        };
    }

    /** What {@code e} says of the packed bytes; null if it says something else. */
    @Nullable String damage(IOException e) {
        String text = String.valueOf(e.getMessage());
        if (e instanceof EOFException || (e instanceof ZstdIOException && text.contains("Truncated"))) {
            return "cut short";
        }
        return e instanceof ZipException || e instanceof ZstdIOException ? "damaged" : null;
    }
}
