package io.risefall.app.driver;

import io.risefall.app.Main;
import io.risefall.app.process.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Risefall in a JVM of its own, as the launcher starts it: what the build has packed, with the archive of its classes. Where
 * a test is chosen by name nothing is packed, and it has the class path of this JVM.
 */
public final class PackedRisefall {
    private PackedRisefall() {}

    /**
     * @param temporary where it unpacks libraries
     * @param options options of its JVM
     * @param arguments a command of Risefall, and its arguments
     */
    public static List<String> command(Path temporary, List<String> options, List<String> arguments) {
        List<String> all = new ArrayList<>(options);
        String packed = System.getProperty("risefall.class.path");
        if (packed != null) {
            all.add("-Djava.library.path=" + Path.of(packed).getParent());
            all.add("-Drisefall.archive=" + System.getProperty("risefall.archive"));
        }
        return ChildJvm.command(temporary, all, Main.class, arguments);
    }
}
