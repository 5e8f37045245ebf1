package io.risefall.ingest.unknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.source.UnknownHeaders.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownHeaderCountsTest {
    private static final String DOWN = "Server b/s is DOWN";

    private final UnknownHeaderCounts tally = new UnknownHeaderCounts();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "haproxy_1  | ;a_N | ",
                "123:Jul 30 16:16:24 lb1 haproxy[2716]: ;N:a N N:N:N aN a[N]: ",
                "M\u00e4r 04 13:43:35 lb1 haproxy[2716]: ;a N N:N:N aN a[N]: ",
                "\u0001\u0002\u001b[31m;?[Na",
                "\u2502 ;a ",
            })
    void aShapeIsTheSameForAllSuchHeaders(String header, String shape) {
        assertThat(of(header).shape()).isEqualTo(shape);
    }

    @Test
    void theFirstOfEachShapeIsKept() {
        assertThat(tally.kept()).isNull();
        assertThat(tally.count(of("haproxy_1  | "))).isTrue();
        assertThat(tally.count(of("haproxy_2  | "))).isFalse();
        assertThat(tally.count(UnknownHeader.ofTag("edge", bytes("edge: " + DOWN), 0, 24)))
                .isTrue();
        assertThat(tally.lines()).isEqualTo(3);
        assertThat(tally.kept())
                .isEqualTo(new UnknownHeaders(
                        3,
                        List.of(
                                new Shape("a_N | ", 2, "haproxy_1  | " + DOWN, null),
                                new Shape("edge", 1, "edge: " + DOWN, "edge"))));
    }

    @Test
    void whatComesFromOutsideIsBoundedAndDoesNothingToATerminal() {
        for (int i = 0; i < 100; i++) {
            tally.count(of("\u001b]0;x\u0007\u202e" + "-".repeat(i) + " " + "\uD83D\uDE00".repeat(i)));
            byte[] line = bytes("t".repeat(500) + i + ": " + DOWN);
            tally.count(UnknownHeader.ofTag("\u001b" + i + "t".repeat(500), line, 0, line.length));
        }
        assertThat(tally.lines()).isEqualTo(200);
        UnknownHeaders kept = tally.kept();
        assertThat(kept).isNotNull();
        assertThat(kept.shapes()).hasSize(8).allSatisfy(shape -> {
            assertThat(shape.example().length()).isLessThan(420);
            assertThat(shape.shape().length()).isLessThan(130);
            assertThat(shape.example() + shape.shape()).doesNotContain("\u001b", "\u0007", "\u202e");
        });
    }

    private static UnknownHeader of(String header) {
        byte[] line = bytes(header + DOWN);
        return UnknownHeader.of(line, 0, line.length - DOWN.length(), line.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
