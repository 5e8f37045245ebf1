package io.risefall.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README and the documents name is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> DOCUMENTS = List.of("README.md", "CONTRIBUTING.md", "docs/semantics.md");

    @Test
    void everyClassNamedExists() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(ROOT)) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        Set<String> missing = new TreeSet<>();
        for (String document : DOCUMENTS) {
            Matcher names = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)+)`").matcher(text(document));
            while (names.find()) {
                if (!classes.contains(names.group(1))) {
                    missing.add(document + ": " + names.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyCommandNamedIsOne() throws IOException {
        Matcher commands = Pattern.compile("(?m)^\\./risefall (\\w+)").matcher(text("README.md"));
        Set<String> named = new TreeSet<>();
        while (commands.find()) {
            named.add(commands.group(1));
        }
        assertThat(named).isNotEmpty();
        for (String command : named) {
            Session session = new Session();
            assertThat(session.run(command, "--help")).as(command).isZero();
        }
    }

    @Test
    void everyLinkIsAFile() throws IOException {
        for (String document : DOCUMENTS) {
            Matcher links = Pattern.compile("]\\(([^)#]+)\\)").matcher(text(document));
            while (links.find()) {
                assertThat(ROOT.resolve(document).resolveSibling(links.group(1)))
                        .exists();
            }
        }
    }

    /** What HaproxyRsyslogSnippetsTest runs is what README shows. */
    @Test
    void everySnippetStandsInReadme() throws IOException {
        String readme = text("README.md");
        try (Stream<Path> files = Files.list(ROOT.resolve("app/src/main/resources/io/risefall/app/snippets"))) {
            for (Path file : files.toList()) {
                assertThat(readme).contains("```\n" + Files.readString(file) + "```\n");
            }
        }
    }

    private static String text(String document) throws IOException {
        return Files.readString(ROOT.resolve(document));
    }
}
