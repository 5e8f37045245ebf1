package io.risefall.schemas.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The text of keys: a node may hold anything, proxies and servers never a slash. */
class KeysTest {
    private static final ServerName SERVER = new ServerName("be:1", "srv.");
    private static final Instant AT = Instant.parse("2026-11-23T00:21:56.466547Z");

    @Test
    void aNodeIsEscaped() {
        assertThat(new HealthKey("lb1", "b")).hasToString("lb1/b");
        assertThat(new HealthKey("a/b%c", "b")).hasToString("a%2Fb%25c/b");
        assertThat(new HealthKey("fe80::1%eth0", "b")).hasToString("fe80::1%25eth0/b");
        assertThat(new HealthKey("a\0b\n", "b")).hasToString("a%00b%0A/b");
    }

    @Test
    void keysOfCompactedTopics() {
        assertThat(new StateInterval("n/1", SERVER, false, Health.UP, AT, null, "x", null).key())
                .isEqualTo("n%2F1/be:1/srv./state/1795393316466547");
        assertThat(new BackendOutage("n", "be:1", AT, null).key()).isEqualTo("n/be:1//backend-outage/1795393316466547");
        assertThat(new Loss("n", "be:1", 7, AT.minusSeconds(1), AT, 1, 2, 0, 1, 0).key())
                .isEqualTo("n/be:1/7/loss/1795393316466547");
        assertThat(new Flapping("n", SERVER, AT, AT, 3, 2000).key()).isEqualTo("n/be:1/srv./flapping/1795393316466547");
        assertThat(new Rollup("n", SERVER, AT, CheckStatus.L7STS, 503, 1, 0, null).key())
                .isEqualTo("n/be:1/srv./L7STS/503/1795393316466547");
        assertThat(new Rollup("n", SERVER, AT, CheckStatus.L4CON, null, 1, 0, null).key())
                .isEqualTo("n/be:1/srv./L4CON//1795393316466547");
        assertThat(new Rejected(AT, "x", new byte[0], new Origin("file:/a", 7, 0, null)).key())
                .isEqualTo("file:/a/7");
    }

    @Test
    void aServersNameSplitsAtItsOnlySlash() {
        assertThat(ServerName.parse("be:1/srv.")).isEqualTo(SERVER).hasToString("be:1/srv.");
    }
}
