package io.risefall.app.doctor;

import io.risefall.app.process.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has HAProxy check its configuration. What it prints may quote secrets: only the places are kept. */
final class ConfigExaminer {
    private static final String WHAT = "configuration";
    private static final String EXPECTED = "valid for haproxy -c";
    private static final Pattern PLACE = Pattern.compile("\\[([^\\]\\s]+:\\d+)\\]");
    private static final int PATIENCE_SECONDS = 20;
    private static final int MOST_PLACES = 3;

    private ConfigExaminer() {}

    static Examination examine(List<Path> files) throws InterruptedException {
        String names = files.stream().map(Path::toString).collect(Collectors.joining(" "));
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return Examination.unknown(
                    WHAT, names, EXPECTED, "no program haproxy here", "run risefall doctor where HAProxy runs");
        }
        String command =
                "haproxy -c" + files.stream().map(file -> " -f " + file).collect(Collectors.joining());
        try {
            return examine(program.get(), files, names, command);
        } catch (IOException e) {
            return Examination.unknown(WHAT, names, EXPECTED, CommandException.reason(e), "run " + command);
        }
    }

    private static Examination examine(Path program, List<Path> files, String names, String command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(program.toString(), "-c"));
        files.forEach(file -> words.addAll(List.of("-f", file.toString())));
        Path printed = Files.createTempFile("risefall-doctor", ".out");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return Examination.unknown(
                        WHAT, names, EXPECTED, "no answer within " + PATIENCE_SECONDS + " s", "run " + command);
            }
            if (process.exitValue() == 0) {
                return Examination.ok(WHAT, names, EXPECTED, "valid");
            }
            return Examination.wrong(
                    WHAT,
                    names,
                    EXPECTED,
                    "invalid" + places(Files.readString(printed, StandardCharsets.ISO_8859_1)),
                    "run " + command + " as root; what it prints is not shown here: it may quote secrets");
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    private static String places(String printed) {
        Matcher matcher = PLACE.matcher(printed);
        List<String> places = matcher.results()
                .map(result -> result.group(1))
                .distinct()
                .limit(MOST_PLACES)
                .toList();
        return places.isEmpty() ? "" : " at " + String.join(", ", places);
    }

    private static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
