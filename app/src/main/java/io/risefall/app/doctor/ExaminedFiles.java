package io.risefall.app.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which configuration is examined where none is given: that of the process that answers, or of the only one that root or this
 * user runs, else the usual file.
 *
 * @param files empty: none was found
 * @param note what to say of the choice; empty: nothing
 */
record ExaminedFiles(List<Path> files, String note) {
    /**
     * Chooses.
     *
     * @param answering the process at the stats socket
     */
    static ExaminedFiles of(List<RunningHaproxy> running, Optional<Long> answering, Path usual) {
        List<RunningHaproxy> told =
                running.stream().filter(process -> !process.files().isEmpty()).toList();
        Optional<RunningHaproxy> asked = told.stream()
                .filter(process -> answering.filter(pid -> pid == process.pid()).isPresent())
                .findFirst();
        List<RunningHaproxy> trusted =
                told.stream().filter(RunningHaproxy::trusted).toList();
        List<List<Path>> distinct =
                trusted.stream().map(RunningHaproxy::files).distinct().toList();
        List<Path> standard = Files.exists(usual) ? List.of(usual) : List.of();
        if (asked.isPresent()) {
            return chosen(asked.get(), standard);
        }
        if (distinct.size() == 1) {
            return chosen(trusted.get(0), standard);
        }
        return told.isEmpty()
                ? new ExaminedFiles(standard, "")
                : new ExaminedFiles(
                        standard,
                        (distinct.isEmpty() ? "HAProxy runs here as another user: " : "Several HAProxy run here: ")
                                + told.stream()
                                        .map(process -> "process " + process.pid() + " with " + names(process.files()))
                                        .collect(Collectors.joining("; "))
                                + ". Say which is meant with --socket or --haproxy-cfg.");
    }

    private static ExaminedFiles chosen(RunningHaproxy process, List<Path> standard) {
        return new ExaminedFiles(
                process.files(),
                process.files().equals(standard)
                        ? ""
                        : "The configuration is that of process " + process.pid() + ": " + names(process.files())
                                + ".");
    }

    private static String names(List<Path> files) {
        return files.stream().map(file -> "-f " + file).collect(Collectors.joining(" "));
    }
}
