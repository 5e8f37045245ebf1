package io.risefall.query.diagnose;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code diagnose}: plain data, which every format prints. Fields are only added.
 *
 * @param format names this structure
 * @param asked what was asked, in words
 * @param sentence the answer in one sentence
 * @param zone of times in words
 * @param outages the open ones, the latest first; without an open one, the latest of each server
 * @param notShown how many more there are
 * @param servers those of the log that were asked about, {@code PROXY/SERVER}; empty unless they are to be compared with a configuration
 * @param configuration what is known of the configuration as a whole, where one was given
 * @param advice what to change in it
 */
@JsonPropertyOrder({"format", "asked", "sentence", "zone", "outages", "not_shown", "servers", "configuration", "advice"
})
public record DiagnosisAnswer(
        String format,
        String asked,
        String sentence,
        String zone,
        List<OutageDiagnosis> outages,
        int notShown,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> servers,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> configuration,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ConfigAdvice> advice) {
    public static final String FORMAT = "risefall-diagnosis/1";

    public DiagnosisAnswer {
        outages = List.copyOf(outages);
        servers = orNone(servers);
        configuration = orNone(configuration);
        advice = orNone(advice);
    }

    /** What a service of an older version does not send. */
    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
