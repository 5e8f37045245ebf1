package io.risefall.app.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of HAProxy on this host, as its command line tells.
 *
 * @param trusted whether root or this user runs it. Others can run whatever they like by this name, and to have a configuration checked runs
 *     its Lua
 * @param files its configuration, absolute; empty where the command line cannot be read or does not tell
 */
record RunningHaproxy(long pid, boolean trusted, List<Path> files) {
    /** The real user of a process. Whom its folder in /proc belongs to is no answer: a process can have it belong to root. */
    private static final Pattern USER = Pattern.compile("(?m)^Uid:\\s+(\\d+)");

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
                        isTrusted(handle.pid()),
                        files(
                                List.of(handle.info().arguments().orElseGet(() -> new String[0])),
                                workingDirectory(handle.pid()))))
                .toList();
    }

    private static boolean isTrusted(long pid) {
        Optional<String> user = user(String.valueOf(pid));
        return user.isPresent() && (user.equals(Optional.of("0")) || user.equals(user("self")));
    }

    private static Optional<String> user(String process) {
        try {
            Matcher user =
                    USER.matcher(Files.readString(Path.of("/proc", process, "status"), StandardCharsets.ISO_8859_1));
            return user.find() ? Optional.of(user.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    /**
     * {@code -f FILE}, several times, and what follows {@code --}; relative to {@code -C} or to where it was started. None if one of them is
     * a pipe or a device, as {@code /dev/stdin}: what the process has read there cannot be read again, and to read it may never end. Those
     * of {@code /dev/fd} and {@code /proc/self} would be this process's own.
     */
    static List<Path> files(List<String> arguments, Optional<Path> started) {
        try {
            List<Path> named = named(arguments, started);
            return named.stream().anyMatch(RunningHaproxy::isStream) ? List.of() : named;
        } catch (InvalidPathException e) {
            return List.of(); // bytes that are no name in this locale
        }
    }

    private static boolean isStream(Path file) {
        return file.startsWith("/dev")
                || file.startsWith("/proc")
                || Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    private static List<Path> named(List<String> arguments, Optional<Path> started) {
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
