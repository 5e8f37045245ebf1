package io.risefall.schemas.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is left out for longer than its turn lasts. */
class TurnTest {
    @Test
    void eachHasItsTurn() {
        List<Integer> all = List.of(0, 1, 2, 3, 4, 5, 6, 7);
        List<Integer> had = new ArrayList<>();
        for (int day = 20_000; day < 20_003; day++) {
            had.addAll(Turn.chosen(day, 3, all));
        }
        assertThat(had).containsExactlyInAnyOrderElementsOf(all);
    }
}
