package io.risefall.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scripts of others are the bytes of their packages, and their licences are beside them. */
class VendoredFilesTest {
    private static final List<String> OWN = List.of("page.css", "page.js", "query.js", "icon.svg");
    private static final String SUMS = "SHA256SUMS";
    private static final String LICENSE = ".LICENSE";

    @Test
    void whatIsNotOursIsWhatItsPackageHas() throws Exception {
        Map<String, String> expected = Files.readAllLines(folder().resolve(SUMS)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("  ", 2))
                .collect(Collectors.toMap(words -> words[1], words -> words[0]));
        assertThat(sums(vendored())).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void everyoneOfThemHasItsLicence() throws Exception {
        assertThat(vendored())
                .allSatisfy(file -> assertThat(folder().resolve(file.substring(0, file.indexOf('.')) + LICENSE))
                        .isNotEmptyFile());
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(StaticFiles.class.getResource("static").toURI());
    }

    private static List<String> vendored() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !OWN.contains(name) && !name.equals(SUMS) && !name.endsWith(LICENSE))
                    .toList();
        }
    }

    private static Map<String, String> sums(List<String> names) throws Exception {
        Map<String, String> sums = new TreeMap<>();
        for (String name : names) {
            byte[] bytes = Files.readAllBytes(folder().resolve(name));
            sums.put(
                    name,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
        return sums;
    }
}
