package io.risefall.query.question;

import io.risefall.query.subject.ServerTarget;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a question: texts by name, and what they mean. What means nothing is an {@link IllegalArgumentException}. */
public final class QuestionParameters {
    private static final String ZONE = "zone";
    private static final String FORMAT = "format";
    private static final String TARGET = "servers";
    private static final String NODE = "node";

    private final Map<String, String> values;

    public QuestionParameters(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** These, in the order of their names. */
    public Map<String, String> values() {
        return values;
    }

    /** These and one more, unless it is null. */
    public QuestionParameters with(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new QuestionParameters(more);
    }

    /** These, and which servers are meant: {@link #target()}. */
    public QuestionParameters with(ServerTarget target) {
        return with(TARGET, target.words()).with(NODE, target.node());
    }

    /** The servers that are meant. */
    public ServerTarget target() {
        return ServerTarget.parse(values.get(TARGET), values.get(NODE));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public @Nullable String text(String name) {
        return values.get(name);
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A duration as {@link Duration#toString} writes it. */
    public Duration duration(String name, Duration otherwise) {
        String value = values.get(name);
        try {
            return value == null ? otherwise : Duration.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " must be a duration such as PT24H: " + e.getMessage(), e);
        }
    }

    /** The zone in the parameters, or the default one. */
    public ZoneId zone(ZoneId otherwise) {
        String value = values.get(ZONE);
        try {
            return value == null ? otherwise : ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone must be a name such as Europe/Berlin: " + e.getMessage(), e);
        }
    }

    /** The format of the answer, in any case. */
    public <F extends Enum<F>> F format(F otherwise) {
        String value = values.get(FORMAT);
        return value == null ? otherwise : Enum.valueOf(otherwise.getDeclaringClass(), value.toUpperCase(Locale.ROOT));
    }
}
