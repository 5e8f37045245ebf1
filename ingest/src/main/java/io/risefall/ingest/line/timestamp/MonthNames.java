package io.risefall.ingest.line.timestamp;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Short names of months, as {@code strftime("%b")} of glibc and others print them where a locale is set: {@code Mär},
 * {@code févr.}, {@code 11月}. Read as UTF-8 and in the one-byte charsets of their countries. Only languages of which no
 * name is another month's in another one of them: Croatian is left out, whose {@code lis} is October and not November.
 */
final class MonthNames {
    private static final int MONTHS = 12;

    /** The languages' names from January on; several of one month are parted by a slash. */
    private static final List<String> LANGUAGES = List.of(
            // English, Danish, Norwegian, Swedish, Dutch, German
            "jan feb mar apr may jun jul aug sep/sept oct nov dec",
            "jan feb mar/mars apr maj/mai jun/juni jul/juli aug sep okt nov dec/des",
            "jan feb mrt/maa apr mei jun jul aug sep okt nov dec",
            "jan/jän feb mär/mrz/märz apr mai jun/juni jul/juli aug sep/sept okt nov dez",
            // French, Spanish, Italian, Portuguese, Catalan, Romanian
            "jan/janv fév/févr mar/mars avr/avril mai jun/juin jul/juil aoû/août sep/sept oct nov déc",
            "ene feb mar abr may jun jul ago sep/sept oct nov dic",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "jan fev mar abr mai jun jul ago set out nov dez",
            "gen feb/febr mar/març abr mai/maig jun/juny jul ago/ag set oct nov des",
            "ian feb mar apr mai iun iul aug sep/sept oct noi/nov dec",
            // Polish, Czech, Slovak, Hungarian, Finnish, Turkish
            "sty lut mar kwi maj cze lip sie wrz paź lis gru",
            "led úno bře dub kvě čen/čvn čec/čvc srp zář říj lis pro",
            "jan feb mar apr máj jún júl aug sep okt nov dec",
            "jan/jan feb/febr már/márc ápr máj jún júl aug sze/szept okt nov dec",
            "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
            "oca şub mar nis may haz tem ağu eyl eki kas ara",
            // Russian, Ukrainian, Greek
            "янв фев/февр мар/марта апр май/мая июн/июня июл/июля авг сен/сент окт ноя/нояб дек",
            "січ лют бер кві тра чер лип сер вер жов лис гру",
            "ιαν φεβ μάρ/μαρ απρ μάι/μαΐ/μαι ιούν/ιουν ιούλ/ιουλ αύγ/αυγ σεπ οκτ νοέ/νοε δεκ");

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            Charset.forName("ISO-8859-2"),
            Charset.forName("ISO-8859-9"));

    /** By their bytes, each a character. */
    private static final Map<String, Integer> BY_BYTES = byBytes();

    private static final int LONGEST =
            BY_BYTES.keySet().stream().mapToInt(String::length).max().orElseThrow();

    private MonthNames() {}

    /** 1 to 12 for the name in {@code bytes[from, to)}, which may end in a full stop; 0 if it is none. */
    static int month(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '.' ? to - 1 : to;
        if (end <= from || end - from > LONGEST) {
            return 0;
        }
        return BY_BYTES.getOrDefault(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1), 0);
    }

    private static Map<String, Integer> byBytes() {
        Map<String, Integer> names = new HashMap<>();
        for (String language : LANGUAGES) {
            String[] months = language.split(" ");
            for (int month = 1; month <= MONTHS; month++) {
                for (String name : months[month - 1].split("/")) {
                    put(names, name, month);
                    put(names, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), month);
                    put(names, name.toUpperCase(Locale.ROOT), month);
                }
            }
        }
        for (int month = 1; month <= MONTHS; month++) {
            // Japanese and Chinese, Korean.
            put(names, month + "月", month);
            put(names, month + "월", month);
        }
        return names;
    }

    private static void put(Map<String, Integer> names, String name, int month) {
        for (Charset charset : CHARSETS) {
            if (charset.newEncoder().canEncode(name)) {
                Integer before = names.put(new String(name.getBytes(charset), StandardCharsets.ISO_8859_1), month);
                if (before != null && before != month) {
                    throw new IllegalStateException(name + " is month " + before + " and " + month);
                }
            }
        }
    }
}
