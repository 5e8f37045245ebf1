package io.risefall.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.risefall.app.driver.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest for Kubernetes fits Risefall and its image. */
class KubernetesManifestTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void risefallTakesTheConfiguration() throws IOException {
        Path file = Files.writeString(
                temp.resolve("risefall.yaml"),
                of("ConfigMap").at("/data").get("risefall.yaml").asText());

        assertThat(risefall.run(
                        "check-config",
                        "--config",
                        file.toString(),
                        "--data",
                        temp.resolve("data").toString()))
                .as(risefall.err())
                .isZero();
        assertThat(risefall.out()).contains("no errors", "tcp:0.0.0.0:5514", "udp:0.0.0.0:5514");
        assertThat(texts(container().at("/args")))
                .startsWith("run", "--config", mount("configuration") + "/risefall.yaml");
    }

    @Test
    void theServiceLeadsToThePortsOfTheConfiguration() throws IOException {
        String configuration = of("ConfigMap").at("/data").get("risefall.yaml").asText();
        for (JsonNode port : container().at("/ports")) {
            assertThat(configuration)
                    .contains(port.get("name").asText() + ": 0.0.0.0:"
                            + port.get("containerPort").asText());
        }
        assertThat(values(of("Service").at("/spec/ports"), "targetPort"))
                .isEqualTo(values(container().at("/ports"), "name"));
        assertThat(of("Service").at("/spec/selector"))
                .isEqualTo(of("StatefulSet").at("/spec/template/metadata/labels"))
                .isEqualTo(of("StatefulSet").at("/spec/selector/matchLabels"));
    }

    @Test
    void userFoldersAndProbeAreThoseOfTheImage() throws IOException {
        String image = Files.readString(ROOT.resolve("Dockerfile"));
        String health = String.join("\", \"", texts(container().at("/livenessProbe/exec/command")));

        assertThat(image)
                .contains(
                        "VOLUME " + mount("data") + "\n",
                        "USER "
                                + of("StatefulSet")
                                        .at("/spec/template/spec/securityContext/runAsUser")
                                        .asText() + ":",
                        "CMD [\"" + health + "\"]");
        assertThat(container().at("/startupProbe/exec")).isEqualTo(container().at("/livenessProbe/exec"));
        assertThat(mount("tmp")).isEqualTo("/tmp");
    }

    private static JsonNode container() throws IOException {
        return of("StatefulSet").at("/spec/template/spec/containers/0");
    }

    private static String mount(String name) throws IOException {
        for (JsonNode mount : container().at("/volumeMounts")) {
            if (mount.get("name").asText().equals(name)) {
                return mount.get("mountPath").asText();
            }
        }
        throw new AssertionError("nothing mounts " + name);
    }

    private static List<String> values(JsonNode list, String key) {
        List<String> values = new ArrayList<>();
        list.forEach(one -> values.add(one.get(key).asText()));
        return values;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static JsonNode of(String kind) throws IOException {
        try (MappingIterator<JsonNode> documents = new YAMLMapper()
                .readerFor(JsonNode.class)
                .readValues(ROOT.resolve("kubernetes/risefall.yaml").toFile())) {
            return documents.readAll().stream()
                    .filter(document -> document.get("kind").asText().equals(kind))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
