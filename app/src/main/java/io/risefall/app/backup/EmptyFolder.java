package io.risefall.app.backup;

import io.risefall.app.process.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that gets new files, and must have none. */
final class EmptyFolder {
    private EmptyFolder() {}

    /** @throws CommandException if something is in it, or it cannot be made */
    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new CommandException(folder + " is not empty; name a new folder");
                }
            }
        } catch (IOException e) {
            throw new CommandException("cannot make the folder " + folder + ": " + CommandException.reason(e), e);
        }
    }
}
