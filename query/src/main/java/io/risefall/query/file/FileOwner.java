package io.risefall.query.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose a file is. What root writes into a service's folder is for the service, whose user could not even read it otherwise. */
public final class FileOwner {
    private static final String USER = "unix:uid";
    private static final String GROUP = "unix:gid";
    private static final Integer ROOT = 0;

    private FileOwner() {}

    /** Gives a file of root's the owner and the group of its folder. Others may not, and need not; nor is there any where there is no root. */
    public static void inherit(Path file) throws IOException {
        Path folder = file.resolveSibling(".");
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ROOT.equals(Files.getAttribute(file, USER))
                && !ROOT.equals(Files.getAttribute(folder, USER))) {
            Files.setAttribute(file, GROUP, Files.getAttribute(folder, GROUP));
            Files.setAttribute(file, USER, Files.getAttribute(folder, USER));
        }
    }
}
