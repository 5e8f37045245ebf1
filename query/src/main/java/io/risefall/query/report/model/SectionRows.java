package io.risefall.query.report.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of all sections of one report, in the order of its JSON. */
public final class SectionRows {
    private final Map<String, List<?>> rows = new LinkedHashMap<>();

    /** Adds a section after those that are there. */
    public <T> SectionRows with(SectionKey<T> section, List<T> own) {
        rows.put(section.name(), List.copyOf(own));
        return this;
    }

    /** The rows of one section; none where the report has no such section. */
    @SuppressWarnings("unchecked") // the key decides on the type of what is put under it
    public <T> List<T> of(SectionKey<T> section) {
        return (List<T>) named(section.name());
    }

    /** The same by name, for templates. */
    public List<?> named(String section) {
        return rows.getOrDefault(section, List.of());
    }

    /** All of them by name. */
    Map<String, List<?>> all() {
        return Collections.unmodifiableMap(rows);
    }
}
