package io.risefall.app.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A file that lies in a folder itself: no link leads out of it, and reading ends. Who made the folder may want something else. */
final class OwnFile {
    private OwnFile() {}

    /**
     * Opens it to be read.
     *
     * @throws IOException also if it, or a folder on the way, is a link, or it is a device or a pipe
     */
    static FileChannel open(Path folder, Path relative) throws IOException {
        Path at = folder;
        for (Path name : relative) {
            at = at.resolve(name);
            if (Files.isSymbolicLink(at)) {
                throw new IOException(folder.relativize(at) + " is a symbolic link, and a backup has none");
            }
        }
        if (!Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException("it is no regular file");
        }
        return FileChannel.open(at, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
