package io.risefall.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name exists, and the command line takes what they tell readers to type. */
class PagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path temp;

    static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everythingNamedExists(Path page) throws IOException {
        assertThat(new PageCheck(ROOT, temp).problems(Page.read(page))).isEmpty();
    }

    /** README leads to every page, so that none is out of reach. */
    @Test
    void readmeLinksToEveryPage() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(pages())
                .filteredOn(page -> !page.endsWith("README.md"))
                .allSatisfy(page ->
                        assertThat(readme).contains("](" + ROOT.relativize(page).toString() + ")"));
    }

    /** What HaproxyRsyslogSnippetsTest runs is what readers copy. */
    @Test
    void everySnippetStandsInConnect() throws IOException {
        List<String> blocks = Page.read(ROOT.resolve("docs/connect.md")).blocks().stream()
                .map(Page.Block::text)
                .toList();
        try (Stream<Path> files = Files.list(ROOT.resolve("app/src/main/resources/io/risefall/app/snippets"))) {
            for (Path file : files.toList()) {
                assertThat(blocks).contains(Files.readString(file));
            }
        }
    }

    @Test
    void whatIsWrongIsFound() throws IOException {
        Page page = Page.of(ROOT.resolve("docs/wrong.md"), """
                # A page

                See [there](nowhere.md), [here](views.md#no-such-heading), [and here](#a-page), `NoSuchClass`, `--no-such-option`
                and `risefall_no_such_metric`.

                ```
                no language
                ```

                ```sh
                ./risefall import --no-such /var/log/haproxy.log
                journalctl | ./risefall ran --tail -
                ./risefall report --date 2026-11-23 --format html
                ```

                ```yaml
                no-such-key: 1
                ```
                """);
        assertThat(new PageCheck(ROOT, temp).problems(page))
                .satisfiesExactlyInAnyOrder(
                        found -> assertThat(found).isEqualTo("docs/wrong.md: no file nowhere.md"),
                        found -> assertThat(found).isEqualTo("docs/wrong.md: no heading views.md#no-such-heading"),
                        found -> assertThat(found).isEqualTo("docs/wrong.md: no class NoSuchClass"),
                        found -> assertThat(found).isEqualTo("docs/wrong.md: no option --no-such-option"),
                        found -> assertThat(found).isEqualTo("docs/wrong.md: no metric risefall_no_such_metric"),
                        found -> assertThat(found).isEqualTo("docs/wrong.md: a block in the language ''"),
                        found -> assertThat(found).contains("import --no-such"),
                        found -> assertThat(found).contains("ran --tail -"),
                        found -> assertThat(found).contains("no-such-key"));
    }
}
