package io.risefall.app.doctor;

import io.risefall.query.text.NameList;
import io.risefall.query.text.Printable;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the dates and the names of a server's certificate. */
final class CertificateExaminer {
    private static final String WHAT = "certificate";
    private static final Duration SOON = Duration.ofDays(14);
    private static final int DNS_NAME = 2;
    private static final int MOST_NAMES = 4;

    private CertificateExaminer() {}

    /**
     * @param name what it must be for; null: no name is configured
     * @param sni the name asked for; null: none
     * @param next the command that shows it
     */
    static Examination examine(
            X509Certificate certificate,
            @Nullable String name,
            @Nullable String sni,
            Instant now,
            String subject,
            String next) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        List<String> names = names(certificate);
        boolean named = name == null || names.stream().anyMatch(one -> matches(one, name));
        String expected = "valid for " + SOON.toDays() + " days" + (name == null ? "" : ", for " + Printable.of(name));
        String found = "from " + from + " to " + until + ", for " + Printable.of(NameList.some(names, MOST_NAMES))
                + (name != null && sni == null && !named ? " (the check sends no name: check-sni)" : "");
        boolean dated = !now.isBefore(from) && now.plus(SOON).isBefore(until);
        return dated && named
                ? Examination.ok(WHAT, subject, expected, found)
                : Examination.wrong(WHAT, subject, expected, found, next);
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> one : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (one.get(0).equals(DNS_NAME)) {
                    names.add(String.valueOf(one.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // Then it has none that anybody can read.
        }
        return names.isEmpty() ? List.of(certificate.getSubjectX500Principal().getName()) : names;
    }

    private static boolean matches(String pattern, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String own = pattern.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        return own.equals(wanted)
                || own.equals("cn=" + wanted)
                || own.startsWith("*.") && dot > 0 && own.substring(1).equals(wanted.substring(dot));
    }
}
