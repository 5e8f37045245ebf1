package io.risefall.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.app.process.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file with settings of Kafka clients: what is taken, and what is said of the rest. */
class ClientSettingsTest {
    private static final String SECRET = "s3cret-of-mine";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + SECRET
                    + "\"";

    @TempDir
    Path temp;

    private final List<String> warnings = new ArrayList<>();

    private Map<String, String> read(String... lines) throws IOException {
        return ClientSettings.address("127.0.0.1:9092", file(lines), warnings::add)
                .access();
    }

    private Path file(String... lines) throws IOException {
        return Files.write(temp.resolve("client.properties"), List.of(lines));
    }

    private void refused(String line, String... words) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith(temp.resolve("client.properties").toString())
                .hasMessageContainingAll(words)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void whatIsNoTextIsCalledSo() throws IOException {
        for (byte[] bytes : List.of(new byte[] {(byte) 0xfe, (byte) 0xed, 0, 2}, new byte[] {'a', 0, 1, '=', 'b'})) {
            Path store = Files.write(temp.resolve("client.properties"), bytes);
            assertThatThrownBy(() -> ClientSettings.address("127.0.0.1:9092", store, warnings::add))
                    .isInstanceOf(CommandException.class)
                    .hasMessageStartingWith("cannot read " + store + " as a properties file: it is not text in UTF-8");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatClientsKnowIsTaken() throws IOException {
        Path elsewhere = Files.writeString(temp.resolve("elsewhere.properties"), "backoff=5000");
        assertThat(read(
                        "security.protocol=SASL_PLAINTEXT",
                        "sasl.mechanism=PLAIN",
                        "sasl.jaas.config=" + LOGIN + ";",
                        "client.rack=zone-1",
                        "metric.reporters=",
                        "config.providers=file",
                        "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
                        "reconnect.backoff.max.ms=${file:" + elsewhere + ":backoff}"))
                .containsEntry("client.rack", "zone-1")
                .hasSize(8);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "isolation.level, exactly once",
        "enable.auto.commit, exactly once",
        "acks, exactly once",
        "transaction.timeout.ms, exactly once",
        "transactional.id, --instance",
        "client.id, --instance",
        "group.id, --instance",
        "bootstrap.servers, --bootstrap-servers",
        "value.serializer, reads and writes",
        "partition.assignment.strategy, who reads it",
        "processing.guarantee, Kafka Streams",
        "application.id, Kafka Streams",
        "num.standby.replicas, risefall streams --help",
        "request.timeout.ms, depend on its value",
        "main.consumer.isolation.level, without main.consumer. it may be set"
    })
    void whatRisefallNeedsCannotBeSet(String key, String reason) {
        refused(key + "=" + SECRET, key + " cannot be set there: ", reason);
    }

    @Test
    void everySettingOfKafkaStreamsIsRefusedThatIsNotOfItsClients() {
        assertThat(StreamsConfig.configDef().names())
                .filteredOn(key -> ReservedSettings.reason(key).isEmpty())
                .isNotEmpty()
                .allMatch(key -> ConsumerConfig.configNames().contains(key)
                        || key.startsWith("config.providers")
                        || key.equals("metadata.recovery.strategy"));
    }

    @Test
    void aMistypedKeyIsRefusedWithTheNearestOne() {
        refused("security.protokol=SSL", "unknown key security.protokol; did you mean security.protocol?");
    }

    @Test
    void ofAKeyThatOnlyAClassOfTheUserCanKnowIsWarned() throws IOException {
        assertThat(read("com.example.login.callback.vault-address-of-the-company=" + SECRET))
                .hasSize(1);
        assertThat(warnings)
                .containsExactly(temp.resolve("client.properties")
                        + ": no Kafka client knows the key com.example.login.callback.vault-address-of-the-company");
    }

    @Test
    void anInvalidValueIsNotPrinted() {
        refused("security.protocol=" + SECRET, "the value of security.protocol is invalid: ", "SASL_SSL");
        refused("reconnect.backoff.ms=" + SECRET, "the value of reconnect.backoff.ms is invalid: ");
    }

    @Test
    void aLoginThatCannotBeReadIsNotPrinted() {
        assertThatThrownBy(() ->
                        read("security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.jaas.config=" + LOGIN))
                .hasMessageContaining("client.properties cannot be used: sasl.jaas.config must be")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aTrustStoreThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> read(
                        "security.protocol=SSL",
                        "ssl.truststore.location=" + temp.resolve("absent.p12"),
                        "ssl.truststore.password=" + SECRET))
                .hasMessageContainingAll("client.properties cannot be used: ", "absent.p12")
                .hasMessageNotContaining(SECRET);
    }
}
