package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.text.NameList;
import java.util.Collection;
import java.util.List;

/**
 * Which load balancers saw something, and of how many that could.
 *
 * @param nodes those that saw it, by name
 * @param of how many had the server in service at that time, these included
 */
@JsonPropertyOrder({"nodes", "of", "some_only"})
public record SeenBy(List<String> nodes, int of) {
    /** So many nodes are named; of the others how many. */
    private static final int NAMED = 3;

    public SeenBy {
        nodes = nodes.stream().distinct().sorted().toList();
        of = Math.max(of, nodes.size());
    }

    /** Seen by one, of which alone the question is. */
    public static SeenBy one(String node) {
        return new SeenBy(List.of(node), 1);
    }

    public static SeenBy of(Collection<String> nodes, int of) {
        return new SeenBy(List.copyOf(nodes), of);
    }

    /** Whether others that could see it did not. */
    @JsonProperty("some_only")
    public boolean isSomeOnly() {
        return nodes.size() < of;
    }

    /** {@code 4 of 4}, or {@code 1 of 4: lb3}. */
    @JsonIgnore
    public String words() {
        String count = nodes.size() + " of " + of;
        return isSomeOnly() || of == 1 ? count + ": " + names(nodes) : count;
    }

    /** {@code lb1, lb2, lb3 and 2 more}. */
    public static String names(List<String> nodes) {
        return NameList.some(nodes, NAMED);
    }
}
