package io.risefall.query.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void aSlipOfTheFingerIsFound() {
        assertThat(Nearest.to("web/svr1", List.of("web/srv1", "web/srv2", "api/srv1")))
                .contains("web/srv1");
        assertThat(Nearest.to("wbe", List.of("api", "web"))).contains("web");
        assertThat(Nearest.to("database", List.of("api", "web"))).isEmpty();
        assertThat(Nearest.hint("wbe", List.of("web"))).isEqualTo("; did you mean web?");
    }

    @Test
    void aNameAmongAHundredThousandIsFound() {
        List<String> servers = IntStream.range(0, 100_000)
                .mapToObj(number -> "app/srv" + (100_000 + number))
                .toList();
        assertThat(Nearest.to("app/srv1234x6", servers)).contains("app/srv123406");
    }

    @Test
    void whatWouldTakeLongIsNotSought() {
        String longest = "x".repeat(Nearest.LONGEST);
        assertThat(Nearest.to(longest, List.of(longest + "y"))).isPresent();
        assertThat(Nearest.to(longest + "y", List.of(longest))).isEmpty();
        int many = (int) (Nearest.MOST_STEPS / Nearest.LONGEST / Nearest.LONGEST) + 1;
        assertThat(Nearest.to(longest, Collections.nCopies(many, longest))).isEmpty();
        assertThat(Nearest.to(longest, Collections.nCopies(100 * many, "x")))
                .as("as far away as their lengths are not even compared")
                .isEmpty();
    }
}
