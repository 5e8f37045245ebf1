package io.risefall.query.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.schemas.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations with which the runs of the corpus were made have the servers of their logs. */
class CorpusConfigTest {
    private static final Pattern NAMED =
            Pattern.compile(": (?:Backup )?(?:Server|Health check for server) ([^ /]+/[^ ]+) ");

    @TempDir
    Path temp;

    static List<Corpus.Scenario> runs() {
        return Corpus.scenarios();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void serversOfTheLogAreInTheConfiguration(Corpus.Scenario run) throws IOException {
        HaproxyConfig config =
                HaproxyConfig.read(List.of(Files.writeString(temp.resolve("haproxy.cfg"), run.configuration())));
        Set<String> configured =
                config.servers().stream().map(ConfiguredServer::fullName).collect(Collectors.toSet());
        Set<String> logged = logged(run);
        assertThat(logged).isNotEmpty();
        assertThat(configured).containsAll(logged);
        JsonNode servers = run.truth().path("servers");
        for (ConfiguredServer server : config.servers()) {
            assertThat(server.certain()).isTrue();
            assertThat(server.address().isKnown()).isTrue();
            assertThat(server.endpoint().isTls()).isPresent();
            JsonNode truth = servers.path(server.fullName());
            if (!truth.isMissingNode()) {
                assertThat(isOn(server.proxy().logsChecks()))
                        .as(server.fullName())
                        .isEqualTo(truth.path("log_health_checks").asBoolean());
                assertThat(server.proxy().logs().isEmpty())
                        .as(server.fullName())
                        .isNotEqualTo(truth.path("logged").asBoolean());
                assertThat(isOn(server.backup()))
                        .as(server.fullName())
                        .isEqualTo(truth.path("backup").asBoolean());
            }
        }
    }

    private static boolean isOn(@Nullable Configured<Boolean> setting) {
        return setting != null && Boolean.TRUE.equals(setting.value());
    }

    private static Set<String> logged(Corpus.Scenario run) {
        Set<String> logged = new TreeSet<>();
        JsonNode servers = run.truth().path("servers");
        for (byte[] line : run.lines(run.forms().stream()
                .filter(form -> form.startsWith("udp-"))
                .findFirst()
                .orElseThrow())) {
            Matcher named = NAMED.matcher(new String(line, StandardCharsets.ISO_8859_1));
            if (named.find() && servers.has(named.group(1))) {
                logged.add(named.group(1));
            }
        }
        return logged;
    }
}
