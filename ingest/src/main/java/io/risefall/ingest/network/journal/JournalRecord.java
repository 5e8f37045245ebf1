package io.risefall.ingest.network.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The format of a record in a {@link Journal}: {@code length crc32c receivedAt senderLength sender message}: int, int, long
 * (epoch milliseconds), short, ISO 8859-1, bytes. The length counts what follows the checksum.
 */
public final class JournalRecord {
    /** Bytes before what the length counts: the length and the checksum. */
    public static final int HEADER = 8;
    /** Bytes of every record after its checksum. A smaller length is damage, although zeros have a valid checksum. */
    public static final int FIXED = 8 + 2;

    /** First character of the sender of a note, which is not a message. No address begins like this. */
    public static final String NOTE = "\u0000";

    /** So many bytes a sender has at most; the name of a host has no more. */
    public static final int LONGEST_SENDER = 255;

    private JournalRecord() {}

    /** The sender of a message as it can stand in a record: cut where it is too long, and never that of a note. */
    public static String sender(String text) {
        String sender = text.length() > LONGEST_SENDER ? text.substring(0, LONGEST_SENDER) : text;
        return sender.chars().anyMatch(Character::isISOControl)
                ? sender.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?")
                : sender;
    }

    /** Whether the sender of a record, whose body begins at {@code at}, lies within it. */
    public static boolean hasWholeSender(ByteBuffer bytes, int at, int length) {
        int senderLength = bytes.getShort(at + FIXED - 2);
        return senderLength >= 0 && senderLength <= length - FIXED;
    }

    /**
     * Appends a record to {@code into}, which has room for it.
     *
     * @throws IllegalArgumentException if the sender is longer than {@link #LONGEST_SENDER}
     */
    static void put(ByteBuffer into, long receivedAtMillis, byte[] sender, byte[] message, int length) {
        if (sender.length > LONGEST_SENDER) {
            throw new IllegalArgumentException("a sender of " + sender.length + " bytes");
        }
        int at = into.position();
        int body = FIXED + sender.length + length;
        into.putInt(body)
                .putInt(0)
                .putLong(receivedAtMillis)
                .putShort((short) sender.length)
                .put(sender)
                .put(message, 0, length);
        into.putInt(at + 4, checksum(into.array(), at + HEADER, body));
    }

    /** Bytes of a segment that are whole records. */
    static long wholeLength(FileChannel file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        long at = 0;
        long size = file.size();
        while (at + HEADER <= size) {
            header.clear();
            readFully(file, header, at);
            int length = header.getInt(0);
            if (length < FIXED || at + HEADER + length > size) {
                return at;
            }
            ByteBuffer body = ByteBuffer.allocate(length);
            readFully(file, body, at + HEADER);
            if (checksum(body.array(), 0, length) != header.getInt(4)) {
                return at;
            }
            at += HEADER + length;
        }
        return at;
    }

    private static void readFully(FileChannel file, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining() && file.read(into, at + into.position()) > 0) {}
    }

    public static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Counts the messages of a segment in bytes {@code from} to {@code to}. Reads only headers, because a journal can be large. */
    static long count(Path segment, long from, long to) throws IOException {
        long records = 0;
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            long end = Math.min(to, file.size());
            ByteBuffer header = ByteBuffer.allocate(HEADER + FIXED + 1);
            long at = from;
            while (at + HEADER + FIXED <= end) {
                readFully(file, header.clear(), at);
                int length = header.getInt(0);
                if (length < FIXED) {
                    break;
                }
                at += HEADER + length;
                boolean note = header.getShort(HEADER + FIXED - 2) > 0 && header.get(HEADER + FIXED) == NOTE.charAt(0);
                records += note ? 0 : 1;
            }
        }
        return records;
    }
}
