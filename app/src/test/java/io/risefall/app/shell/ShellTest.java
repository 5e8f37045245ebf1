package io.risefall.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell at a terminal, over a warehouse that no service has open. */
class ShellTest {
    /** Ends only when it is cancelled. */
    private static final String ENDLESS =
            "select count(*) from range(1000000) a, range(1000000) b, range(1000000) c where a.range + b.range = c.range;";

    /** What a terminal is sent when a line was read: that what is pasted is no longer marked. */
    private static final String READ = "\u001b[?2004l";

    @TempDir
    static Path data;

    @TempDir
    Path home;

    @BeforeAll
    static void makeWarehouse() {
        Warehouse.open(data.resolve("warehouse.duckdb"), ZoneId.of("UTC")).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ansi", "xterm-256color"})
    void aStatementEndsWithItsSemicolon(String type) throws Exception {
        try (ShellSession shell = session(type)) {
            shell.type("select 40\r").await("> ").type("+ 2 as answer;\r").await("answer\r\n", "42\r\n", "(1 row)\r\n");
            shell.type("select 'a;b' as x; select 'c!d' as y;\r").await("a;b").await("c!d");
            shell.type("\\q\r").awaitEnd();
        }
    }

    /** As in an editor, where nothing but whole lines comes. */
    @Test
    void aTerminalThatCanDoNothingIsAnswered() throws Exception {
        try (ShellSession shell = session("dumb")) {
            shell.type("select 40\n+ 2 as answer;\n").await("42");
            shell.type("selct 1;\n").await("Parser Error");
            shell.type("\\q\n").awaitEnd();
        }
    }

    @Test
    void errorsStayInTheShell() throws Exception {
        try (ShellSession shell = session("ansi")) {
            shell.type("selct 1;\r").await("Parser Error: syntax error at or near \"selct\"");
            shell.type("drop table store.events;\r").await("Error: ");
            shell.type("select servr from outages;\r").await("server");
            shell.type("select 1 as one;\r").await("one\r\n", "(1 row)");
            shell.type("\u0004").awaitEnd();
        }
    }

    @Test
    void commandsDescribeAndSet() throws Exception {
        try (ShellSession shell = session("ansi")) {
            shell.type("\\?\r").await("\\timing").await("this help");
            shell.type("\\d\r").await("outages  ").await("rows)");
            shell.type("\\d outages\r").await("started_at", "timestamp with time zone", "rows)");
            shell.type("\\d outags\r").await("outags", "outages");
            shell.type("\\format csv\r").await("format is csv");
            shell.type("select 1 as a, 2 as b;\r").await("a,b\r\n1,2\r\n");
            shell.type("\\format xml\r")
                    .await("unknown format xml; use one of table, vertical, csv, json, ndjson, markdown");
            shell.type("\\timing\r").await("timing is on");
            shell.type("select 3 as c;\r").await("c\r\n3\r\n", "Time: ", " ms");
            shell.type("\\timign\r").await("unknown command \\timign; did you mean \\timing?; \\? lists the commands");
            shell.type("\\q\r").awaitEnd();
        }
    }

    @Test
    void viewsColumnsFunctionsAndWordsAreCompleted() throws Exception {
        try (ShellSession shell = session("ansi")) {
            shell.type("describe failov\t").await("failovers").type(";\r").await("rows)");
            shell.type("\\d failov\t").await("failovers").type("\r").await("rows)");
            shell.type("\\tim\t").await("\\timing").type("\r").await("timing is on");
            shell.type("\\format ndj\t").await("ndjson").type("\r").await("format is ndjson");
            shell.type("selec\t").await("select").type(" date_tru\t").await("date_trunc(");
            shell.type("'day', timestamp '2026-11-23 10:00:00') as day;\r").await("{\"day\":\"2026-11-23 00:00:00\"}");
            shell.type("\\q\r").awaitEnd();
        }
    }

    @Test
    void controlCThrowsAwayWhatIsTypedAndCancelsWhatRuns() throws Exception {
        try (ShellSession shell = session("ansi")) {
            shell.type("nonsense").await("nonsense").type("\u0003").await("risefall> ");
            shell.type("select 1 as one;\r").await("(1 row)", "risefall> ");
            shell.type(ENDLESS + "\r").await(READ).type("\u0003").await("cancelled", "risefall> ");
            shell.type("select 2 as two;\r").await("(1 row)");
            shell.type("\\q\r").awaitEnd();
        }
    }

    @Test
    void whatWasTypedIsKeptForItsOwner() throws Exception {
        Path history = home.resolve("history");
        try (ShellSession shell = session("ansi")) {
            shell.type("select 'kept' as word;\r").await("kept\r\n").await("risefall> ");
            shell.type(" select 'secret' as word;\r").await("secret\r\n");
            shell.type("\\q\r").awaitEnd();
        }
        assertThat(Files.readString(history)).contains("kept").doesNotContain("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        try (ShellSession shell = session("ansi")) {
            shell.type("\u0010\u0010").await("kept").type("\r").await("word", "kept\r\n");
            shell.type("\\q\r").awaitEnd();
        }
    }

    private ShellSession session(String type) throws Exception {
        return new ShellSession(data, type, home.resolve("history"));
    }
}
