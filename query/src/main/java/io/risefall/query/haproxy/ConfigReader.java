package io.risefall.query.haproxy;

import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the sections of a configuration. Keywords that it does not know are left out: HAProxy has hundreds. */
final class ConfigReader {
    /** Lines of these are not lines of a proxy. */
    private static final Set<String> OTHER_SECTIONS = Set.of(
            "acme",
            "cache",
            "crt-store",
            "fcgi-app",
            "frontend",
            "http-errors",
            "log-forward",
            "log-profile",
            "mailers",
            "peers",
            "program",
            "resolvers",
            "ring",
            "traces",
            "userlist");

    private final List<ProxySettings> proxies = new ArrayList<>();
    private final Map<String, ProxySettings> namedDefaults = new LinkedHashMap<>();
    private final Map<String, CheckRules> healthchecks = new LinkedHashMap<>();
    private final List<LogDestination> globalLogs = new ArrayList<>();
    private @Nullable Place global;
    private @Nullable Configured<Boolean> sendsHostname;
    private @Nullable String sentName;
    private @Nullable String node;
    private final List<String> statsSockets = new ArrayList<>();
    private @Nullable ProxySettings defaults;

    /** Takes the lines of the section that is being read; null: before the first. */
    private @Nullable Section section;

    /** Reads the lines of a section. */
    private interface Section {
        void read(ConfigLine line);
    }

    private ConfigReader() {}

    static HaproxyConfig read(List<ConfigText> texts) {
        ConfigReader reader = new ConfigReader();
        ConfigLines.of(texts).forEach(reader::read);
        return reader.config(texts.stream().map(ConfigText::name).toList());
    }

    private void read(ConfigLine line) {
        String keyword = line.text(0);
        switch (keyword) {
            case "global" -> {
                global = global == null ? line.place() : global;
                section = this::global;
            }
            case "defaults" -> defaults(line);
            case "backend", "listen" -> proxy(line, keyword);
            case "healthcheck" -> healthcheck(line);
            default -> {
                if (OTHER_SECTIONS.contains(keyword)) {
                    section = other -> {};
                } else if (section == null) {
                    throw line.place()
                            .wrong("'" + Printable.of(keyword)
                                    + "' stands before the first section (such as global or defaults)"
                                    + Nearest.hint(
                                            keyword, Set.of("global", "defaults", "backend", "listen", "frontend")));
                } else {
                    section.read(line);
                }
            }
        }
    }

    private void global(ConfigLine line) {
        if (line.is("log")) {
            globalLogs.add(LogDestination.of(line.from(1)));
        } else if (line.is("log-send-hostname")) {
            sendsHostname = line.sets(true);
            sentName = name(line);
        } else if (line.is("node")) {
            node = name(line);
        } else if (line.is("stats", "socket") && name(line.from(1)) != null) {
            statsSockets.add(line.text(2));
        } else if (line.is("no", "log-send-hostname")) {
            sendsHostname = null;
            sentName = null;
        } else if (line.is("no", "log")) {
            globalLogs.clear();
        }
    }

    private static @Nullable String name(ConfigLine line) {
        Word word = line.word(1);
        return line.certain() && word.known() && !word.text().isEmpty() ? word.text() : null;
    }

    private void defaults(ConfigLine line) {
        boolean named = line.words().size() > 1 && !line.word(1).is("from");
        String name = named ? line.text(1) : "";
        ProxySettings base = from(line, named ? 2 : 1);
        ProxySettings settings =
                base == null ? new ProxySettings(name, line.place()) : base.inherit(name, line.place());
        defaults = settings;
        if (named) {
            namedDefaults.put(name, settings);
        }
        section = settings::read;
    }

    private void proxy(ConfigLine line, String keyword) {
        if (line.words().size() < 2) {
            throw line.place().wrong(keyword + " has no name");
        }
        ProxySettings base = from(line, 2);
        if (base == null) {
            base = defaults;
        }
        String name = line.text(1);
        ProxySettings settings =
                base == null ? new ProxySettings(name, line.place()) : base.inherit(name, line.place());
        proxies.add(settings);
        section = settings::read;
    }

    /** The defaults that a section names; null: it names none. */
    private @Nullable ProxySettings from(ConfigLine line, int at) {
        if (!line.word(at).is("from")) {
            return null;
        }
        String name = line.text(at + 1);
        ProxySettings base = namedDefaults.get(name);
        if (base == null) {
            throw line.place()
                    .wrong("no defaults section above is named '" + Printable.of(name) + "'"
                            + Nearest.hint(name, namedDefaults.keySet()));
        }
        return base;
    }

    /** From HAProxy 3.4 on: checks of which servers choose one by name. */
    private void healthcheck(ConfigLine line) {
        CheckRules rules = new CheckRules();
        healthchecks.put(line.text(1), rules);
        section = inside -> {
            if (inside.is("type")) {
                rules.option(inside.from(1));
            } else if (inside.is("http-check") || inside.is("tcp-check")) {
                rules.rule(inside.from(1), inside.is("http-check"));
            }
        };
    }

    private HaproxyConfig config(List<String> files) {
        List<ConfiguredProxy> all = new ArrayList<>();
        List<ConfiguredServer> servers = new ArrayList<>();
        for (ProxySettings settings : proxies) {
            ConfiguredProxy proxy = new ConfiguredProxy(
                    settings.name,
                    settings.place,
                    settings.logsChecks,
                    settings.timeout("check"),
                    settings.timeout("connect"),
                    settings.logs(globalLogs));
            all.add(proxy);
            settings.servers.forEach(line -> servers.add(ConfiguredServer.of(proxy, line, rules(settings, line))));
        }
        return new HaproxyConfig(
                files, global, sendsHostname, new HaproxyConfig.HostNames(sentName, node), statsSockets, all, servers);
    }

    private CheckRules rules(ProxySettings settings, ProxySettings.Line line) {
        Configured<String> chosen = line.settings().healthcheck;
        if (chosen == null) {
            return settings.rules;
        }
        CheckRules rules = chosen.value() == null ? null : healthchecks.get(chosen.value());
        if (rules == null && chosen.value() != null) {
            throw chosen.place()
                    .wrong("no section is named healthcheck " + Printable.of(chosen.value())
                            + Nearest.hint(chosen.value(), healthchecks.keySet()));
        }
        return rules == null ? CheckRules.unknown(chosen.place()) : rules;
    }
}
