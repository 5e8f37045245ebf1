package io.risefall.query.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatCannotBeSeenIsShown() {
        assertThat(Printable.of("a\u001b[31mred\u0007")).isEqualTo("a\\u{1b}[31mred\\u{7}");
        assertThat(Printable.of("\u202egpj.exe\u2066")).isEqualTo("\\u{202e}gpj.exe\\u{2066}");
        assertThat(Printable.of("zero\u200bwidth\ufeff")).isEqualTo("zero\\u{200b}width\\u{feff}");
        assertThat(Printable.of("two\nlines\tand\u0085")).isEqualTo("two\\u{a}lines\\u{9}and\\u{85}");
        assertThat(Printable.of("lone \ud800 half")).isEqualTo("lone \\u{d800} half");
    }

    @Test
    void whatCanBeSeenStays() {
        assertThat(Printable.of("Größe <b> 価格 €")).isEqualTo("Größe <b> 価格 €");
    }
}
