package io.risefall.query.text;

import java.nio.charset.StandardCharsets;

/** Text as mail carries it in lines of at most 76 characters of ASCII: quoted-printable of RFC 2045. */
public final class QuotedPrintable {
    private static final int WIDTH = 76;
    private static final String CRLF = "\r\n";

    private QuotedPrintable() {}

    /** Lines end with CRLF afterwards, whatever they ended with. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            line(out, lines[i].getBytes(StandardCharsets.UTF_8));
            if (i < lines.length - 1) {
                out.append(CRLF);
            }
        }
        return out.toString();
    }

    private static void line(StringBuilder out, byte[] line) {
        int column = 0;
        for (int i = 0; i < line.length; i++) {
            // A blank at the end would get lost on the way, a dot at the begin may end the mail.
            boolean isLost = isBlank(line[i]) ? i == line.length - 1 : line[i] == '.' && column == 0;
            String next =
                    isPlain(line[i]) && !isLost ? String.valueOf((char) line[i]) : "=%02X".formatted(line[i] & 0xff);
            if (column + next.length() > WIDTH - 1) {
                out.append('=').append(CRLF);
                column = 0;
            }
            out.append(next);
            column += next.length();
        }
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\t';
    }

    private static boolean isPlain(byte one) {
        return isBlank(one) || (one > ' ' && one <= '~' && one != '=');
    }
}
