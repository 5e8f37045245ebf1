package io.risefall.streams.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/semantics.md, "After a reload", is the one by which {@link ReloadHandling} decides. */
class ReloadTableTest {
    private static final Path PAGE = Path.of("../docs/semantics.md");
    private static final String HEAD = "| first message of the new process |";

    @Test
    void thePageHasTheTableOfTheCode() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        int head = page.indexOf(page.stream()
                .filter(line -> line.startsWith(HEAD))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no table that begins with " + HEAD)));
        List<String> written =
                page.stream().skip(head).takeWhile(line -> line.startsWith("|")).toList();
        assertThat(written).as("the table in %s", PAGE).isEqualTo(table());
    }

    private static List<String> table() {
        List<String> rows = new ArrayList<>();
        rows.add(HEAD + cells(Arrays.stream(BeforeReload.values()).map(BeforeReload::label)) + " rule |");
        rows.add("|---".repeat(2 + BeforeReload.values().length) + "|");
        for (FirstMessage message : FirstMessage.values()) {
            rows.add("| " + message.label() + " |"
                    + cells(Arrays.stream(BeforeReload.values())
                            .map(message::after)
                            .map(ReloadOutcome::label))
                    + " `" + message.rule().word() + "` |");
        }
        return rows;
    }

    private static String cells(Stream<String> cells) {
        return cells.map(cell -> " " + cell + " |").collect(Collectors.joining());
    }
}
