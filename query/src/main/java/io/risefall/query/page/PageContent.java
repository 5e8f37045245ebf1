package io.risefall.query.page;

import java.util.Map;

/**
 * What a page shows.
 *
 * @param template a file of {@code io/risefall/query/page} in the jar
 * @param model what the template prints
 */
public record PageContent(String template, Map<String, Object> model) {
    public PageContent {
        model = Map.copyOf(model);
    }
}
