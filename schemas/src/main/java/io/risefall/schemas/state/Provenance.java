package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.state.Evidence.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a record follows from. Of each role only the first ones are kept.
 *
 * @param evidence in the order in which it was applied
 * @param leftOut how many more there were
 */
public record Provenance(
        List<Evidence> evidence,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int leftOut) {
    public static final Provenance NONE = new Provenance(List.of(), 0);

    public Provenance {
        evidence = List.copyOf(evidence);
    }

    public static Provenance of(Evidence... evidence) {
        return new Provenance(List.of(evidence), 0);
    }

    /** That of a record; one that an older build wrote has none. */
    public static Provenance known(@Nullable Provenance recorded) {
        return recorded == null ? NONE : recorded;
    }

    /** With one more, or one more left out. */
    public Provenance with(Evidence more) {
        if (count(more.role()) >= more.role().most()) {
            return new Provenance(evidence, leftOut + 1);
        }
        List<Evidence> all = new ArrayList<>(evidence);
        all.add(more);
        return new Provenance(all, leftOut);
    }

    /** With {@code last} in place of the last one. */
    public Provenance endingWith(Evidence last) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.set(all.size() - 1, last);
        return new Provenance(all, leftOut);
    }

    /** Without what has this role. */
    public Provenance without(Role role) {
        return new Provenance(
                evidence.stream().filter(one -> one.role() != role).toList(), leftOut);
    }

    public boolean has(Role role) {
        return count(role) > 0;
    }

    private int count(Role role) {
        int count = 0;
        for (Evidence one : evidence) {
            count += one.role() == role ? 1 : 0;
        }
        return count;
    }
}
