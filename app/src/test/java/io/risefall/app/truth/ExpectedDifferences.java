package io.risefall.app.truth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Differences that are right, because the log cannot tell better: {@code expected-differences.txt}, one a line,
 * {@code PATTERN # WHY}.
 */
final class ExpectedDifferences {
    private static final String RESOURCE = "/truth/expected-differences.txt";

    private final List<Expected> list;

    private ExpectedDifferences(List<Expected> list) {
        this.list = list;
    }

    /** Those of the corpus. */
    static ExpectedDifferences read() throws IOException {
        return read(RESOURCE);
    }

    static ExpectedDifferences read(String resource) throws IOException {
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
    List<String> unexplained(Collection<String> differences) {
        return differences.stream()
                .filter(text -> list.stream().noneMatch(one -> one.explains(text)))
                .toList();
    }

    /** Lines that explain nothing. */
    List<Expected> unused(Collection<String> differences) {
        return list.stream()
                .filter(one -> differences.stream().noneMatch(one::explains))
                .toList();
    }

    List<Expected> list() {
        return list;
    }

    /** @param pattern a regular expression for {@code RUN FORM SERVER KIND DETAIL} */
    record Expected(String pattern, String why) {
        boolean explains(String difference) {
            return difference.matches(pattern);
        }
    }
}
