package io.risefall.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of HAProxy on this host, as its command line tells.
 *
 * @param files its configuration, absolute; empty where the command line cannot be read or does not tell
 */
record RunningHaproxy(long pid, List<Path> files) {
    RunningHaproxy {
        files = List.copyOf(files);
    }

    /** All of them, by number. */
    static List<RunningHaproxy> all() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info()
                        .command()
                        .filter(command -> command.endsWith("/haproxy"))
                        .isPresent())
                .sorted()
                .map(handle -> new RunningHaproxy(
                        handle.pid(),
                        files(
                                List.of(handle.info().arguments().orElseGet(() -> new String[0])),
                                workingDirectory(handle.pid()))))
                .toList();
    }

    /** {@code -f FILE}, several times, and what follows {@code --}; relative to {@code -C} or to where it was started. */
    static List<Path> files(List<String> arguments, Optional<Path> started) {
        List<Path> named = new ArrayList<>();
        Optional<Path> folder = started;
        boolean rest = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean hasValue = i + 1 < arguments.size();
            if (rest) {
                named.add(Path.of(argument));
            } else if (argument.equals("--")) {
                rest = true;
            } else if (argument.equals("-f") && hasValue) {
                named.add(Path.of(arguments.get(++i)));
            } else if (argument.equals("-C") && hasValue) {
                Path changed = Path.of(arguments.get(++i));
                folder = Optional.of(started.map(from -> from.resolve(changed)).orElse(changed));
            }
        }
        Optional<Path> from = folder.filter(Path::isAbsolute);
        return from.isEmpty() && !named.stream().allMatch(Path::isAbsolute)
                ? List.of()
                : named.stream()
                        .map(file -> from.map(path -> path.resolve(file)).orElse(file))
                        .toList();
    }

    private static Optional<Path> workingDirectory(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd")));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // another user's
        }
    }
}
