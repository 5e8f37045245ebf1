package io.risefall.query.diagnose.configured;

import io.risefall.query.text.Printable;
import java.util.regex.Pattern;

/** A text as one word of a shell's command. */
final class ShellWord {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.:/@%+,=-]+");

    private ShellWord() {}

    /** In single quotes, unless it needs none. */
    static String of(String text) {
        String shown = Printable.of(text);
        return SAFE.matcher(shown).matches() ? shown : "'" + shown.replace("'", "'\\''") + "'";
    }

    /** As within a word that has shell variables elsewhere: {@code $A} stays one, all else is quoted where it must be. */
    static String orVariable(String text, String variable) {
        return text.equals(variable) ? text : of(text);
    }
}
