package io.risefall.app.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.cli.ServiceCommands;
import io.risefall.query.http.service.ServedCommands;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** No compiler sees that the file that names the commands has the name of their interface, and without it nothing starts. */
class ServedCommandsFoundTest {
    @Test
    void theServiceFindsTheCommandsThatItRuns() {
        assertThat(ServiceLoader.load(ServedCommands.class)).hasExactlyElementsOfTypes(ServiceCommands.class);
    }
}
