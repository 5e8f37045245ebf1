package io.risefall.app.user;

import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.access.Scope;
import io.risefall.query.http.access.User;
import io.risefall.query.http.access.UserTokens;
import io.risefall.query.http.access.UsersFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall user}: makes a token for somebody, and keeps its hash. */
@Command(
        name = "user",
        headerHeading = "Example: risefall user add anna --scope read --http-users /etc/risefall/users%n%n",
        description = {
            "Adds a user to the file that --http-users of run and serve names, and prints the token, which is nowhere else.",
            "To give a new token or to remove somebody, delete the line of the file; a running service notices at once."
        })
public final class UserCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "add", description = "what to do; there is nothing else")
    private String action = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "letters, digits, dots, underscores and dashes")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "read|full",
            defaultValue = "read",
            description =
                    "read: look at pages and reports; full: also SQL, and all that changes something (default: read)")
    private String scope = "read";

    @Option(
            names = "--http-users",
            paramLabel = "FILE",
            required = true,
            description = "the file; made if it is missing")
    private Path file = Path.of("");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec command = CommandLine.Model.CommandSpec.create();

    public UserCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!action.equals("add")) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "'" + action + "' is nothing that risefall user does; use add");
        }
        String token = UserTokens.make(name);
        try {
            UsersFile.add(file, new User(name, scope(), UserTokens.hash(token)));
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + CommandException.reason(e), e);
        }
        terminal.out().println(token);
        terminal.info(
                "This token of " + name + " is shown only now. It is asked for at the page, and programs send it as "
                        + "Authorization: Bearer.");
        return CommandLine.ExitCode.OK;
    }

    private Scope scope() {
        try {
            return Scope.valueOf(scope.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "--scope must be read or full, and is '" + scope + "'");
        }
    }
}
