package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * Who saw one server of the fleet down in the period; only of servers that several nodes know.
 *
 * @param nodes how many know it
 * @param allMs time down for all nodes that had it in service, several of them
 * @param someMs time down for some while it was up for others
 * @param onlyMs time down for one while of no other it is known whether it was up
 * @param someNodes the nodes of {@code someMs}, the longest first
 */
@JsonPropertyOrder({"proxy", "server", "nodes"})
public record Sightings(
        String proxy, String server, int nodes, long allMs, long someMs, long onlyMs, List<String> someNodes) {
    public static final SectionKey<Sightings> SECTION = new SectionKey<>("sightings");

    public Sightings {
        someNodes = List.copyOf(someNodes);
    }

    /** The nodes in words; a dash for none. */
    public String someNodesText() {
        return someNodes.isEmpty() ? "–" : SeenBy.names(someNodes);
    }
}
