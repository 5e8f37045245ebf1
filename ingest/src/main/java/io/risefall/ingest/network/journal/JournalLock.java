package io.risefall.ingest.network.journal;

import io.risefall.ingest.failure.IngestException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** That no other ingester, of this process or another, writes to a journal. The system drops it when its process ends. */
final class JournalLock implements Closeable {
    private final FileChannel file;
    private final FileLock lock;

    private JournalLock(FileChannel file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** @throws IngestException if another ingester has it */
    static JournalLock of(Path directory) throws IOException {
        FileChannel file =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(file);
        if (lock == null) {
            file.close();
            throw new IngestException(
                    "the journal " + directory + " is in use by another ingester; give each its own --data");
        }
        return new JournalLock(file, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
        file.close();
    }
}
