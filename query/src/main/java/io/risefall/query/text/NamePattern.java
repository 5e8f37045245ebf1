package io.risefall.query.text;

/**
 * A pattern of names: {@code *} stands for any characters, {@code ?} for one; anything else for itself. Time grows with the length of
 * pattern times name at worst. Immutable.
 */
public final class NamePattern {
    private final String pattern;

    public NamePattern(String pattern) {
        this.pattern = pattern;
    }

    public boolean matches(String name) {
        int at = 0;
        int inName = 0;
        int star = -1;
        int afterStar = 0;
        while (inName < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                afterStar = inName;
            } else if (at < pattern.length()
                    && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(inName))) {
                at++;
                inName++;
            } else if (star >= 0) {
                at = star + 1;
                inName = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
