package io.risefall.query.explain.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.explain.subject.ExplainTarget;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a number came about: the row that it stands in, the arithmetic with the numbers filled in, and the raw lines. Plain
 * data: every format prints this and computes nothing of its own. Strings from the log are as in the log; the formats make
 * them printable.
 *
 * @param format names this structure; fields are only ever added to it
 * @param explain what was asked, as {@link ExplainTarget} reads it
 * @param title what it is, in words
 * @param zone of all times in words
 * @param facts the row
 * @param sums the arithmetic
 * @param parts what it was made of, piece by piece, with the lines
 * @param more what else to ask
 */
@JsonPropertyOrder({"format", "explain", "title", "zone", "facts", "sums", "parts", "more"})
public record Explanation(
        String format,
        String explain,
        String title,
        String zone,
        List<Fact> facts,
        List<Sum> sums,
        List<Part> parts,
        List<String> more) {

    public static final String FORMAT = "risefall-explanation/1";

    public Explanation {
        facts = List.copyOf(facts);
        sums = List.copyOf(sums);
        parts = List.copyOf(parts);
        more = List.copyOf(more);
    }

    /** One value of the row, in words. */
    @JsonPropertyOrder({"name", "value"})
    public record Fact(String name, String value) {}

    /**
     * One number and how it is computed.
     *
     * @param name the column
     * @param formula with the numbers filled in
     * @param computed what that gives; null where there is nothing to compute from
     * @param stated what the view says; the same, or something is wrong here
     */
    @JsonPropertyOrder({"name", "formula", "computed", "stated", "agrees"})
    public record Sum(
            String name,
            String formula,
            @Nullable Number computed,
            @Nullable Number stated) {
        /** Whether the arithmetic gives what the view says. */
        @JsonProperty("agrees")
        public boolean agrees() {
            return Objects.equals(computed, stated);
        }
    }

    /**
     * A piece of what the number was made of.
     *
     * @param title what and when
     * @param words what no line says
     * @param lines the lines, in order of time
     * @param notShown lines left out of the middle, because there are so many
     */
    @JsonPropertyOrder({"title", "words", "lines", "not_shown"})
    public record Part(String title, List<String> words, List<LogLine> lines, long notShown) {
        public Part {
            words = List.copyOf(words);
            lines = List.copyOf(lines);
        }
    }
}
