package io.risefall.query.diagnose;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * Something to change in HAProxy's configuration.
 *
 * @param why what is wrong with it as it is
 * @param places {@code FILE:LINE} of the lines that it concerns; where one is missing, of the section that it belongs into
 * @param how where to put the lines
 * @param paste the lines; none where some are to be deleted
 */
@JsonPropertyOrder({"why", "places", "how", "paste"})
public record ConfigAdvice(String why, List<String> places, String how, List<String> paste) {
    public ConfigAdvice {
        places = List.copyOf(places);
        paste = List.copyOf(paste);
    }
}
