package io.risefall.query.text;

/** Bytes as text that a terminal and a table can take: what is not printable ASCII stands as {@code \xHH}. */
public final class PrintableBytes {
    /** More of a line than anyone reads; the whole of it is on the topic. */
    private static final int SHOWN = 4096;

    private PrintableBytes() {}

    public static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, SHOWN); i++) {
            int unsigned = bytes[i] & 0xff;
            if (unsigned >= ' ' && unsigned < 0x7f) {
                text.append((char) unsigned);
            } else {
                text.append("\\x").append("%02x".formatted(unsigned));
            }
        }
        if (bytes.length > SHOWN) {
            text.append(" … and %d more bytes".formatted(bytes.length - SHOWN));
        }
        return text.toString();
    }
}
