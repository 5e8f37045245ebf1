package io.risefall.app.truth.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Differences that are right, because the log cannot tell better: {@code expected-differences.txt}, one a line,
 * {@code PATTERN # WHY}.
 */
public final class ExpectedDifferences {
    private static final String RESOURCE = "/truth/expected-differences.txt";

    private final List<Expected> list;

    private ExpectedDifferences(List<Expected> list) {
        this.list = list;
    }

    /** Those of the corpus. */
    public static ExpectedDifferences read() throws IOException {
        return read(RESOURCE);
    }

    public static ExpectedDifferences read(String resource) throws IOException {
        try (InputStream in = ExpectedDifferences.class.getResourceAsStream(resource)) {
            return new ExpectedDifferences(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" # ", 2))
                    .map(parts -> new Expected(parts[0].strip(), parts[1]))
                    .toList());
        }
    }

    /** Those that no line explains. */
    public List<String> unexplained(Collection<String> differences) {
        return differences.stream()
                .filter(text -> list.stream().noneMatch(one -> one.explains(text)))
                .toList();
    }

    /**
     * Lines that explain nothing, among those for the given logs.
     *
     * @param logs each as {@code RUN FORM}
     */
    public List<Expected> unused(Collection<String> differences, Collection<String> logs) {
        return list.stream()
                .filter(one -> logs.stream().anyMatch(one::isFor))
                .filter(one -> differences.stream().noneMatch(one::explains))
                .toList();
    }

    public List<Expected> list() {
        return list;
    }

    /** @param pattern a regular expression for {@code RUN FORM SERVER KIND DETAIL} */
    public record Expected(String pattern, String why) {
        boolean explains(String difference) {
            return difference.matches(pattern);
        }

        /** @param log as {@code RUN FORM}, which the first two words of the pattern stand for */
        boolean isFor(String log) {
            String[] words = pattern.split(" ", 3);
            return log.matches(words[0] + " " + words[1]);
        }
    }
}
