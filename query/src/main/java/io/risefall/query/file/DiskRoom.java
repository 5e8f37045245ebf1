package io.risefall.query.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How much can still be written to the disk of a folder. It asks for the folder alone and not for the table of mounted disks, in which
 * the root of a chroot or of a container need not stand: there {@code Files.getFileStore} fails with "Mount point not found".
 */
public final class DiskRoom {
    private DiskRoom() {}

    /**
     * Bytes that this process may still write.
     *
     * @throws IOException if the folder is not there
     */
    public static long bytes(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return folder.toFile().getUsableSpace();
    }
}
