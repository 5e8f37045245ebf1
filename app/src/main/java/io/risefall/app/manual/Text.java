package io.risefall.app.manual;

/** What picocli's descriptions say, without its marks. */
final class Text {
    private Text() {}

    /** Lines of a description, with its line ends and percent signs. */
    static String of(String... lines) {
        return String.join("\n", lines).replace("%n", "\n").replace("%%", "%").strip();
    }
}
