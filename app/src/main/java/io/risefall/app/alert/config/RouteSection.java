package io.risefall.app.alert.config;

import io.risefall.app.options.ConfigNode;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.alert.route.QuietHours;
import io.risefall.query.alert.route.RouteMatch;
import io.risefall.query.text.Nearest;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The section {@code routes}: the first that matches counts, unless it says {@code continue: true}. */
final class RouteSection {
    private static final Set<String> KEYS = Set.of("name", "match", "channels", "continue", "quiet");
    private static final Set<String> MATCH = Set.of("node", "proxy", "server", "kind", "severity");
    private static final Set<String> QUIET = Set.of("from", "to", "zone", "days", "critical");

    private RouteSection() {}

    static List<AlertRoute> read(ConfigNode section, Set<String> channels) {
        List<AlertRoute> routes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode node : section.listOf("routes")) {
            AlertRoute route = route(node, channels);
            if (!names.add(route.name())) {
                throw node.wrong("there are two routes " + route.name());
            }
            routes.add(route);
        }
        return routes;
    }

    private static AlertRoute route(ConfigNode node, Set<String> channels) {
        Map<String, ConfigNode> keys = known(node, "a route", KEYS);
        ConfigNode name = keys.get("name");
        ConfigNode to = keys.get("channels");
        if (name == null || to == null) {
            throw node.wrong("a route needs a name and channels");
        }
        List<String> receivers = to.textsOf("channels");
        for (String receiver : receivers) {
            if (!channels.contains(receiver)) {
                throw to.wrong("there is no channel " + receiver + Nearest.hint(receiver, channels));
            }
        }
        ConfigNode match = keys.get("match");
        ConfigNode quiet = keys.get("quiet");
        return new AlertRoute(
                name.textOf("name"),
                match == null ? RouteMatch.ALL : match(match),
                receivers,
                flag(keys.get("continue"), "continue"),
                quiet == null ? null : quiet(quiet));
    }

    private static RouteMatch match(ConfigNode node) {
        Map<String, ConfigNode> keys = known(node, "match", MATCH);
        return new RouteMatch(
                texts(keys, "node"),
                texts(keys, "proxy"),
                texts(keys, "server"),
                words(keys, "kind", AlertProblem.values()),
                words(keys, "severity", AlertSeverity.values()));
    }

    private static QuietHours quiet(ConfigNode node) {
        Map<String, ConfigNode> keys = known(node, "quiet", QUIET);
        return new QuietHours(
                value(node, keys, "from", "22:00", LocalTime::parse),
                value(node, keys, "to", "07:00", LocalTime::parse),
                value(node, keys, "zone", "Europe/Berlin", ZoneId::of),
                days(keys.get("days")),
                passes(keys.get("critical")));
    }

    private static boolean passes(@Nullable ConfigNode node) {
        if (node == null) {
            return false;
        }
        String word = node.textOf("critical");
        if (!Set.of("pass", "hold").contains(word)) {
            throw node.wrong("critical must be pass or hold");
        }
        return word.equals("pass");
    }

    private static Set<DayOfWeek> days(@Nullable ConfigNode node) {
        Set<DayOfWeek> days = new HashSet<>();
        if (node != null) {
            for (String word : node.textsOf("days")) {
                days.add(Arrays.stream(DayOfWeek.values())
                        .filter(day -> day.name()
                                .toLowerCase(Locale.ROOT)
                                .substring(0, 3)
                                .equals(word))
                        .findFirst()
                        .orElseThrow(() -> node.wrong("days must be of mon, tue, wed, thu, fri, sat, sun")));
            }
        }
        return days;
    }

    private static <T> T value(
            ConfigNode node, Map<String, ConfigNode> keys, String key, String example, Function<String, T> parse) {
        ConfigNode value = keys.get(key);
        if (value == null) {
            throw node.wrong("quiet needs " + key + ", such as \"" + example + "\"");
        }
        try {
            return parse.apply(value.textOf(key));
        } catch (DateTimeException e) {
            throw value.wrong(key + " must be as in \"" + example + "\", with the quotes");
        }
    }

    private static boolean flag(@Nullable ConfigNode node, String key) {
        if (node == null) {
            return false;
        }
        String word = node.textOf(key);
        if (!Set.of("true", "false").contains(word)) {
            throw node.wrong(key + " must be true or false");
        }
        return word.equals("true");
    }

    private static List<String> texts(Map<String, ConfigNode> keys, String key) {
        ConfigNode node = keys.get(key);
        return node == null ? List.of() : node.textsOf(key);
    }

    private static <E extends Enum<E>> Set<E> words(Map<String, ConfigNode> keys, String key, E[] values) {
        ConfigNode node = keys.get(key);
        if (node == null) {
            return Set.of();
        }
        Map<String, E> byWord = Arrays.stream(values).collect(Collectors.toMap(RouteSection::word, one -> one));
        Set<E> found = new HashSet<>();
        for (String word : node.textsOf(key)) {
            E value = byWord.get(word);
            if (value == null) {
                throw node.wrong("unknown " + key + " " + word + Nearest.hint(word, byWord.keySet()) + "; one of "
                        + Arrays.stream(values).map(RouteSection::word).collect(Collectors.joining(", ")));
            }
            found.add(value);
        }
        return found;
    }

    /** {@code backend-empty}. */
    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, ConfigNode> known(ConfigNode node, String what, Collection<String> known) {
        Map<String, ConfigNode> keys = node.keysOf(what);
        keys.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.wrong("unknown key " + key + " of " + what + Nearest.hint(key, known));
            }
        });
        return keys;
    }
}
