package io.risefall.query.text;

/** Text that receivers take only up to a length. */
public final class Shortened {
    private Shortened() {}

    /** At most so many characters; what was cut ends with an ellipsis. */
    public static String to(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
