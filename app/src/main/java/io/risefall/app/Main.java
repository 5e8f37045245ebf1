package io.risefall.app;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program's entry point. */
@Command(
        name = "risefall",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Reads what HAProxy says about the health of its servers and answers what went down, when and why.")
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Exit codes: 0 done, 1 failed, 2 misused. */
    static int run(String... arguments) {
        return new CommandLine(new Main()).execute(arguments);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            // Only a jar knows its version; classes run from an IDE do not.
            String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("unpackaged");
            return new String[] {"risefall " + version};
        }
    }
}
