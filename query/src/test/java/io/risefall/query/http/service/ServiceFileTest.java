package io.risefall.query.http.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data directory can be somebody else's: what its file says is believed only as far as a service can have written it. */
class ServiceFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1",
                "http://127.8.0.255:65535",
                "http://[::1]:80",
                "http://[0:0:0:0:0:0:0:1]:8080"
            })
    void aServiceListensOnThisHost(String url) throws Exception {
        ServiceFile file = new ServiceFile(url, "0af", 7, "localhost:9092");
        file.write(folder);
        assertThat(ServiceFile.read(folder)).contains(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-K/tmp/options",
                "",
                "http://localhost:80",
                "http://10.0.0.1:80",
                "http://127.0.0.256:80",
                "http://127.0.0.1:65536",
                "http://127.0.0.1:",
                "http://127.0.0.1:80/x",
                "http://127.0.0.1:80@example.com:80",
                "http://127.0.0.1.example.com:80",
                "https://127.0.0.1:80",
                "http://127.0.0.1:80\n"
            })
    void whatIsElsewhereIsNoService(String url) throws Exception {
        new ServiceFile(url, "0af", 7, "localhost:9092").write(folder);
        assertThat(ServiceFile.read(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0af\r\nX: y"})
    void aTokenIsOneWord(String token) throws Exception {
        new ServiceFile("http://127.0.0.1:80", token, 7, "localhost:9092").write(folder);
        assertThat(ServiceFile.read(folder)).isEmpty();
    }
}
