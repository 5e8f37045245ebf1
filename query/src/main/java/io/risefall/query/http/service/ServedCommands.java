package io.risefall.query.http.service;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs commands that only ask, in the service and for a client that has no Java of its own running: starting one takes longer than
 * most answers. Any thread; an interrupt acts like Ctrl-C.
 */
public interface ServedCommands {
    /**
     * A command line, and what its process would have been told by its surroundings.
     *
     * @param arguments without {@code --data}; the first is the command
     * @param zone the client's environment variable TZ; empty: not set
     * @param columns how wide a line may be; 0: any
     */
    record CommandLine(List<String> arguments, String zone, int columns) {
        public CommandLine {
            arguments = List.copyOf(arguments);
        }
    }

    /** @param messages what it has printed to standard error */
    record Ended(int exitCode, String messages) {}

    /** The client has to run it itself: it was misused, reads or writes files, or its surroundings matter. */
    final class NotServedException extends Exception {
        public NotServedException(String why) {
            super(why);
        }
    }

    /**
     * Runs one.
     *
     * @param dataDir where the data is
     * @param out its standard output
     */
    Ended run(CommandLine line, Path dataDir, OutputStream out) throws Exception;
}
