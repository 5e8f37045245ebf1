package io.risefall.ingest.line.timestamp;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the zone after a time: {@code UTC}, {@code EST}, {@code +03}, {@code UTC+3}, {@code Europe/Berlin}. An
 * abbreviation is in the list if every zone of the tz database that has printed it since 2000 then meant the same
 * ({@code KST}: except North Korea's of 2015 to 2018). {@code CST} (Chicago, Shanghai, Havana), {@code CDT}, {@code IST} (India,
 * Israel, Ireland) and {@code PST} (Los Angeles, Manila) are ambiguous.
 */
public final class ZoneAbbreviations {
    private static final Map<String, ZoneId> WORDS = words(
            "UTC=Z GMT=Z UCT=Z Z=Z WET=+00:00 WEST=+01:00 BST=+01:00 CET=+01:00 CEST=+02:00 MEZ=+01:00 MESZ=+02:00",
            "MET=+01:00 MEST=+02:00 EET=+02:00 EEST=+03:00 IDT=+03:00 MSK=Europe/Moscow MSD=+04:00",
            "PKT=+05:00 PKST=+06:00 WIB=+07:00 WITA=+08:00 WIT=+09:00 HKT=+08:00 JST=+09:00 KST=+09:00 ChST=+10:00",
            "AWST=+08:00 AWDT=+09:00 ACST=+09:30 ACDT=+10:30 AEST=+10:00 AEDT=+11:00 NZST=+12:00 NZDT=+13:00",
            "WAT=+01:00 CAT=+02:00 SAST=+02:00 EAT=+03:00 SST=-11:00 HST=-10:00 HDT=-09:00 AKST=-09:00 AKDT=-08:00",
            "PDT=-07:00 MST=-07:00 MDT=-06:00 EST=-05:00 EDT=-04:00 AST=-04:00 ADT=-03:00 NST=-03:30 NDT=-02:30");

    private static final Set<String> SEVERAL = Set.of("CST", "CDT", "IST", "PST");

    /** {@code +03}, {@code +0300}, {@code +03:00}, {@code UTC+3}, {@code GMT-03:30}. */
    private static final Pattern OFFSET = Pattern.compile("(?:UTC|GMT)?([+-])(\\d{1,2})(?::?(\\d{2}))?");

    /** As long as {@code America/Argentina/ComodRivadavia}. */
    private static final int LONGEST = 32;

    /** The report also recognizes these reasons by this prefix. */
    private static final String REFUSED = "the zone ";

    private ZoneAbbreviations() {}

    /** Whether this is a zone and cannot be a host's name, though it may be one of several zones. */
    public static boolean isZone(byte[] bytes, int from, int to) {
        boolean begins = to > from
                && to - from <= LONGEST
                && (bytes[from] >= 'A' && bytes[from] <= 'Z' || bytes[from] == '+' || bytes[from] == '-');
        if (!begins) {
            return false;
        }
        String word = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return SEVERAL.contains(word) || of(word) != null;
    }

    /** Whether this looks like the name of a zone: capital letters, as {@code XYZT}. */
    public static boolean canBeZone(byte[] bytes, int from, int to) {
        if (to - from < 3 || to - from > 5) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (bytes[at] < 'A' || bytes[at] > 'Z') {
                return false;
            }
        }
        return true;
    }

    /** Null for an ambiguous or unknown abbreviation. */
    public static @Nullable ZoneId of(String word) {
        ZoneId listed = WORDS.get(word);
        if (listed != null) {
            return listed;
        }
        Matcher offset = OFFSET.matcher(word);
        try {
            if (offset.matches()) {
                int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
                int sign = offset.group(1).equals("+") ? 1 : -1;
                return ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(offset.group(2)), sign * minutes);
            }
            return word.indexOf('/') > 0 ? ZoneId.of(word) : null;
        } catch (DateTimeException noZone) {
            return null;
        }
    }

    /** The UTC offset of {@code zone} at that time, if {@code word} is its name then; else null. */
    public static @Nullable ZoneOffset offsetOf(String word, ZoneId zone, LocalDateTime at) {
        DateTimeFormatter name = DateTimeFormatter.ofPattern("zzz", Locale.US);
        for (ZoneOffset offset : zone.getRules().getValidOffsets(at)) {
            if (name.format(ZonedDateTime.ofLocal(at, zone, offset)).equals(word)) {
                return offset;
            }
        }
        return null;
    }

    /** Whether {@code why} is a reason of {@link #refusal}. */
    public static boolean isRefusal(String why) {
        return why.startsWith(REFUSED);
    }

    /** Why a time with the zone {@code word} cannot be read, and what to do. */
    public static String refusal(String word) {
        String what = SEVERAL.contains(word)
                ? REFUSED + word + " of its time is ambiguous"
                : REFUSED + word + " of its time is unknown";
        return what + ": set it with --zone, for example --zone "
                + (word.equals("IST") ? "Asia/Kolkata" : "America/Chicago");
    }

    private static Map<String, ZoneId> words(String... lists) {
        Map<String, ZoneId> words = new HashMap<>();
        for (String list : lists) {
            for (String entry : list.split(" ")) {
                int equals = entry.indexOf('=');
                words.put(entry.substring(0, equals), ZoneId.of(entry.substring(equals + 1)));
            }
        }
        return words;
    }
}
