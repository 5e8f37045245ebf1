package io.risefall.app.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** When the line that is typed ends: a statement at its semicolon, however many lines that takes, a command at once. */
final class SqlLines implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean accepted = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
        if (accepted && !isCommand(line) && !SqlScan.of(line).rest().isEmpty()) {
            throw new EOFError(-1, -1, "a statement ends with a semicolon");
        }
        int begin = Math.min(cursor, line.length());
        while (begin > 0 && isOfWord(line.charAt(begin - 1))) {
            begin--;
        }
        return new Word(line, cursor, line.substring(begin, Math.min(cursor, line.length())));
    }

    static boolean isCommand(String line) {
        return line.stripLeading().startsWith("\\");
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '\\' || c == '?';
    }

    /** The word before the cursor, which is all that completing needs. */
    private record Word(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
