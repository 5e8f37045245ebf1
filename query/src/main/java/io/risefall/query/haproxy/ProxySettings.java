package io.risefall.query.haproxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the lines of {@code defaults}, {@code backend} or {@code listen} set. Lives while a configuration is read, in one thread. */
final class ProxySettings {
    private static final Pattern RANGE = Pattern.compile("(?:(\\d{1,9})-)?(\\d{1,9})");

    /** More servers than that HAProxy does not start with either: it is a slip. */
    private static final int MOST_SERVERS = 100_000;

    /** A server line, or one of the servers that a template stands for. */
    record Line(String name, ConfigLine line, Configured<Address> address, ServerSettings settings) {}

    final String name;
    final Place place;
    final List<Line> servers = new ArrayList<>();
    private ServerSettings defaultServer = new ServerSettings();
    CheckRules rules = new CheckRules();
    private final List<LogDestination> logs = new ArrayList<>();
    private final Map<String, Configured<Long>> timeouts = new LinkedHashMap<>();

    @Nullable Configured<Boolean> logsChecks;

    @Nullable Configured<Boolean> logsLikeGlobal;

    ProxySettings(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    /** A section that begins with what this one sets. */
    ProxySettings inherit(String newName, Place newPlace) {
        ProxySettings copy = new ProxySettings(newName, newPlace);
        copy.defaultServer = defaultServer.copy();
        copy.rules = rules.inherit();
        copy.logs.addAll(logs);
        copy.timeouts.putAll(timeouts);
        copy.logsChecks = logsChecks;
        copy.logsLikeGlobal = logsLikeGlobal;
        return copy;
    }

    void read(ConfigLine line) {
        switch (line.text(0)) {
            case "server" -> server(line);
            case "server-template" -> template(line);
            case "default-server" -> ServerWords.read(defaultServer, line, 1);
            case "timeout" -> timeout(line, line.text(1), line.word(2));
            case "contimeout" -> timeout(line, "connect", line.word(1));
            case "option" -> option(line.from(1), true);
            case "http-check", "tcp-check" -> rules.rule(line.from(1), line.is("http-check"));
            case "log" -> log(line.from(1));
            case "no" -> no(line.from(1));
            case "default" -> {
                if (line.is("default", "option")) {
                    option(line.from(2), false);
                }
            }
            default -> {
                // HAProxy has hundreds of keywords more.
            }
        }
    }

    private void no(ConfigLine line) {
        if (line.is("option")) {
            option(line.from(1), false);
        } else if (line.is("log")) {
            logs.clear();
            logsLikeGlobal = null;
        }
    }

    private void option(ConfigLine line, boolean on) {
        if (line.is("log-health-checks")) {
            logsChecks = line.sets(on);
        } else if (on) {
            rules.option(line);
        } else {
            rules.noOption(line);
        }
    }

    private void log(ConfigLine line) {
        if (line.is("global")) {
            logsLikeGlobal = line.sets(true);
        } else {
            logs.add(LogDestination.of(line));
        }
    }

    private void timeout(ConfigLine line, String which, Word value) {
        timeouts.put(which, line.sets(value, Delay.millis(line, value, "timeout " + which)));
    }

    @Nullable Configured<Long> timeout(String which) {
        return timeouts.get(which);
    }

    /** Those of its own, and those of {@code global} where it says so. */
    List<LogDestination> logs(List<LogDestination> global) {
        List<LogDestination> all = new ArrayList<>(logs);
        if (logsLikeGlobal != null) {
            all.addAll(global);
        }
        return all;
    }

    private void server(ConfigLine line) {
        if (line.words().size() < 3) {
            throw line.place().wrong("server needs a name and an address, as in server web1 10.0.0.5:8080 check");
        }
        ServerSettings settings = settings(line, 3);
        servers.add(new Line(line.text(1), line, address(line, line.word(2)), settings));
    }

    private void template(ConfigLine line) {
        Matcher range = RANGE.matcher(line.text(2));
        if (line.words().size() < 4 || (line.word(2).known() && !range.matches())) {
            throw line.place()
                    .wrong("server-template needs a prefix, a number or a range, and an address, as in"
                            + " server-template web 1-3 web.example.org:80 check");
        }
        if (!line.word(2).known()) {
            return; // how many there are is not in the file
        }
        int first = range.group(1) == null ? 1 : Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        if (last - first >= MOST_SERVERS) {
            throw line.place().wrong("server-template makes more than " + MOST_SERVERS + " servers");
        }
        ServerSettings settings = settings(line, 4);
        Configured<Address> address = address(line, line.word(3));
        for (int i = first; i <= last; i++) {
            servers.add(new Line(line.text(1) + i, line, address, settings));
        }
    }

    private static Configured<Address> address(ConfigLine line, Word word) {
        return line.sets(word, Address.parse(line, word.known() ? word.text() : "", "the address"));
    }

    private ServerSettings settings(ConfigLine line, int first) {
        ServerSettings settings = defaultServer.copy();
        ServerWords.read(settings, line, first);
        return settings;
    }
}
