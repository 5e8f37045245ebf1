package io.risefall.ingest.line.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void keepsTheFirstBytesOfALongLineAndKnowsWhereTheNextOneBegins(int block) throws Exception {
        String text = "short\n" + "x".repeat(40) + "\nafter\n" + "y".repeat(30);
        LineSplitter splitter = new LineSplitter(block, 8);
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        List<String> lines = new ArrayList<>();
        LineSplitter.Taker taker = (b, from, to, at, cut) ->
                lines.add(at + (cut ? " cut " : " whole ") + new String(b, from, to - from, StandardCharsets.US_ASCII));
        while (splitter.read(in) > 0) {
            splitter.cut(taker);
        }
        assertThat(splitter.position()).isEqualTo(53);
        splitter.cutLast(taker);
        assertThat(lines).containsExactly("0 whole short", "6 cut xxxxxxxx", "47 whole after", "53 cut yyyyyyyy");
        assertThat(splitter.position()).isEqualTo(text.length());
    }
}
