package io.risefall.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the containers promise, as far as their files show it. docker/smoke.sh runs them. */
class ContainersTest {
    private static final Path ROOT = Path.of("..");

    /** docker-compose 1.29 reads these, and docker compose. */
    private static final Set<String> KEYS = Set.of(
            "build",
            "cap_drop",
            "command",
            "depends_on",
            "entrypoint",
            "environment",
            "healthcheck",
            "hostname",
            "image",
            "logging",
            "mem_limit",
            "networks",
            "ports",
            "profiles",
            "read_only",
            "restart",
            "security_opt",
            "tmpfs",
            "volumes");

    /** Those images write to places of their own. */
    private static final Set<String> WRITABLE = Set.of("kafka", "grafana");

    /** It ends when it has done its work. */
    private static final Set<String> SHORT_LIVED = Set.of("topics");

    private static Map<?, ?> compose() throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(ROOT.resolve("docker-compose.yml")));
    }

    static Collection<? extends Map.Entry<?, ?>> services() throws IOException {
        return ((Map<?, ?>) compose().get("services")).entrySet();
    }

    private static String dockerfile() throws IOException {
        return Files.readString(ROOT.resolve("Dockerfile"));
    }

    @Test
    void isReadByBothToolsOfCompose() throws IOException {
        assertThat(compose().keySet())
                .allSatisfy(key -> assertThat(key.toString()).matches("services|networks|volumes|x-.*"));
        Set<String> used = new TreeSet<>();
        for (Map.Entry<?, ?> service : services()) {
            ((Map<?, ?>) service.getValue()).keySet().forEach(key -> used.add(key.toString()));
        }
        assertThat(KEYS).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceIsBoundedAndComesBack(Map.Entry<String, Map<String, Object>> service) {
        String name = service.getKey();
        Map<String, Object> has = service.getValue();
        assertThat(has.get("image"))
                .as("a version that stays")
                .asString()
                .matches("[a-z/]+:v?[0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(has.get("restart")).isEqualTo(SHORT_LIVED.contains(name) ? "on-failure" : "unless-stopped");
        assertThat(has.get("mem_limit")).asString().matches("[0-9]+[mg]");
        assertThat(has.get("logging")).asString().contains("max-size=", "max-file=");
        assertThat(has.get("healthcheck")).asString().contains(SHORT_LIVED.contains(name) ? "disable=true" : "test=");
        assertThat(has.get("read_only")).isEqualTo(WRITABLE.contains(name) ? null : true);
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceIsReachedFromThisHostOnlyAndHasNoSecret(Map.Entry<String, Map<String, Object>> service) {
        Map<String, Object> has = service.getValue();
        assertThat((List<?>) has.getOrDefault("ports", List.of()))
                .allSatisfy(port -> assertThat(port).asString().startsWith("127.0.0.1:"));
        assertThat(has.getOrDefault("environment", "").toString()).doesNotContainPattern("(?i)password|token|secret");
    }

    @Test
    void kafkasHeapLeavesRoomForTheRest() throws IOException {
        Map<?, ?> kafka = (Map<?, ?>) ((Map<?, ?>) compose().get("services")).get("kafka");
        Matcher heap = Pattern.compile("-Xmx([0-9]+m)")
                .matcher(kafka.get("environment").toString());
        assertThat(heap.find()).isTrue();
        assertThat(mebibytes(heap.group(1)) * 2)
                .isLessThanOrEqualTo(mebibytes(kafka.get("mem_limit").toString()));
    }

    private static long mebibytes(String size) {
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        return size.endsWith("g") ? number * 1024 : number;
    }

    @Test
    void theImageIsOfThisVersion() throws IOException {
        Matcher version = Pattern.compile("<artifactId>risefall</artifactId>\\s+<version>([^<]+)</version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(compose().toString()).contains("image=risefall:" + version.group(1) + ",");
        assertThat(dockerfile()).contains("ARG VERSION=" + version.group(1) + "\n");
    }

    @Test
    void theImageRunsTheLauncherAsNobodySpecial() throws IOException {
        assertThat(dockerfile())
                .contains("\nUSER 10001:10001\n", "\nHEALTHCHECK ", "\nENTRYPOINT [\"risefall\"]\n")
                .doesNotContain("--mount", "<<", "# syntax");
        assertThat(dockerfile().lines().filter(line -> line.startsWith("FROM ")))
                .allSatisfy(
                        from -> assertThat(from).matches("FROM [a-z-]+:[0-9]+\\.[0-9]+\\.[0-9_]+-[a-z-]+( AS .*)?"));
    }

    /** Otherwise the layer of what Maven downloads would lack that module's. */
    @Test
    void theImageKnowsEveryModule() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            List<String> modules = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !List.of("bench", "dist").contains(name))
                    .toList();
            assertThat(modules).isNotEmpty();
            assertThat(dockerfile())
                    .contains(modules.stream()
                            .map(name -> "COPY " + name + "/pom.xml " + name + "/\n")
                            .toList());
            assertThat(Files.readString(ROOT.resolve(".dockerignore")).lines())
                    .containsAll(modules.stream().map(name -> "!" + name).toList());
        }
    }
}
