package io.risefall.app.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the configuration file has besides options. Filled before the command is called, by one thread. */
public final class ConfiguredParts {
    private final List<ConfiguredSource> sources = new ArrayList<>();
    private final Map<String, ConfigNode> sections = new LinkedHashMap<>();

    /** Its sources. */
    public List<ConfiguredSource> sources() {
        return sources;
    }

    /** Its sections about alerts, by name. */
    public Map<String, ConfigNode> sections() {
        return sections;
    }
}
