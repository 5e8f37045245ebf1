package io.risefall.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.Programs;
import io.risefall.schemas.suite.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HAProxy takes the configurations of docker-compose.yml. */
@RealParts
class DemoHaproxyTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"haproxy.cfg", "toys.cfg"})
    void isValid(String file) throws Exception {
        // The names of the containers are known to Docker only; nobody else is asked.
        String configuration =
                Files.readString(Path.of("../demo", file)).replaceAll("(server \\w+) \\w+:", "$1 127.0.0.1:");
        Path copy = Files.writeString(temp.resolve(file), configuration);
        ProcessBuilder haproxy = new ProcessBuilder(Programs.find("haproxy").toString(), "-c", "-f", copy.toString())
                .redirectErrorStream(true);
        haproxy.environment().put("INGEST", "127.0.0.1");
        Process check = haproxy.start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("[WARNING]");
    }
}
